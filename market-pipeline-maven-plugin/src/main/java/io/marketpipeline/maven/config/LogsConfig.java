package io.marketpipeline.maven.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The function's log group.
 *
 * @param retentionDays one of the numbers that CloudWatch Logs takes
 */
public record LogsConfig(int retentionDays, Level level) {
    private static final int DEFAULT_DAYS = 30;

    /** CloudWatch Logs API reference, PutRetentionPolicy. */
    private static final List<Integer> RETENTIONS = List.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653);

    /** Least severe level that is logged. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }

    static LogsConfig read(Reading logs) {
        int days = logs.integer("retentionDays", DEFAULT_DAYS, 1, 3653, "days");
        if (!RETENTIONS.contains(days)) {
            logs.wrong(
                    "retentionDays",
                    "a number of days that CloudWatch Logs knows: "
                            + RETENTIONS.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                    Integer.toString(DEFAULT_DAYS));
        }
        return new LogsConfig(days, logs.choice("level", Level.INFO, Level::name));
    }
}
