package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.operate.TimeArgument;
import io.marketpipeline.maven.replay.ReplayRun;
import io.marketpipeline.maven.replay.ReplaySpan;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Sends what the bus took in a span of time to its rules again, out of the archive, and shows how far it is. What is stored
 * already is found a duplicate; what was lost is stored; what has expired meanwhile is stored again. The times are those
 * at which the bus took the events, not the events' own. EventBridge goes on by itself if Maven is ended; {@code attach} follows it again.
 * Wait ten minutes after the span's end, since events come late into the archive. Fails if the replay doesn't complete.
 */
@Mojo(name = "replay", configurator = PomConfigurator.HINT, threadSafe = true)
public final class ReplayMojo extends AbstractPipelineMojo {
    /**
     * When the bus took the first event to replay, inclusive: ISO 8601 with offset, a date (UTC), or how long ago
     * ({@code 2h}). Not before the archive's retention. Example: {@code -Dfrom=2026-11-20T14:30:00Z}.
     */
    @Parameter(property = "from")
    private @Nullable String from;

    /** When the bus took the last one, exclusive; written like {@code from}, and not in the future. */
    @Parameter(property = "to")
    private @Nullable String to;

    /**
     * Only to these rules, by their names in the pom, joined by commas; all by default.
     * Example: {@code -Drule=trade-events}.
     */
    @Parameter(property = "rule")
    private @Nullable String rule;

    /** Follows a replay that runs already, by its name, in place of starting one. */
    @Parameter(property = "attach")
    private @Nullable String attach;

    /** Ends a replay that runs, by its name, in place of starting one. What it has sent stays sent. */
    @Parameter(property = "cancel")
    private @Nullable String cancel;

    @Override
    void run(PipelineConfig config) throws IOException, InterruptedException {
        boolean starting = attach == null && cancel == null;
        if (starting
                ? from == null || to == null
                : Stream.of(from, to, rule).anyMatch(given -> given != null) || (attach != null && cancel != null)) {
            throw new UserFixableException("replay takes -Dfrom and -Dto (and -Drule), or -Dattach, or -Dcancel;"
                    + " example: -Dfrom=2026-11-20T14:30:00Z -Dto=2026-11-20T15:00:00Z");
        }
        try (AwsClients clients = AwsClients.of(config)) {
            ReplayRun run = new ReplayRun(clients, config, console());
            if (attach != null) {
                run.attach(ReplayRun.named("-Dattach", attach));
            } else if (cancel != null) {
                run.cancel(ReplayRun.named("-Dcancel", cancel));
            } else {
                run.start(span(), rules());
            }
        }
    }

    private ReplaySpan span() {
        Instant now = Instant.now();
        return ReplaySpan.of(
                TimeArgument.parse("-Dfrom", String.valueOf(from), now),
                TimeArgument.parse("-Dto", String.valueOf(to), now),
                now);
    }

    private List<String> rules() {
        return rule == null
                ? List.of()
                : Arrays.stream(rule.split(",", -1)).map(String::strip).toList();
    }
}
