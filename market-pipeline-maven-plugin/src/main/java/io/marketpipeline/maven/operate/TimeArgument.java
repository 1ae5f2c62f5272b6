package io.marketpipeline.maven.operate;

import io.marketpipeline.maven.config.UserFixableException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A point in time as a user writes it: ISO 8601 with an offset, a date (UTC), or how long ago, such as 15m. */
public final class TimeArgument {
    private static final Pattern AGO = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    /** The function takes no others, whose nanoseconds wouldn't fit a number. */
    private static final Instant END = Instant.parse("2262-01-01T00:00:00Z");

    /** What to say of others. */
    static final String HELD = "the tables hold times from 1970 to the end of 2261";

    private TimeArgument() {}

    /**
     * The time meant.
     *
     * @param name of the switch, for the message, such as {@code -Dfrom}
     * @param now what 'ago' counts from
     * @throws UserFixableException if the text is none of these, or no event can have that time
     */
    public static Instant parse(String name, String text, Instant now) {
        Instant time = time(name, text.strip(), now);
        if (!isHeld(time) && !time.equals(END)) {
            throw new UserFixableException(
                    name + " is '" + text + "', but " + HELD + "; example: 2013-10-07T13:30:00Z");
        }
        return time;
    }

    /** Whether an event can have this time. */
    static boolean isHeld(Instant time) {
        return !time.isBefore(Instant.EPOCH) && time.isBefore(END);
    }

    private static Instant time(String name, String text, Instant now) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            return now.minus(
                    UNITS.getOrDefault(ago.group(2), Duration.ZERO).multipliedBy(Long.parseLong(ago.group(1))));
        }
        try {
            return text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new UserFixableException(
                    name + " is '" + text + "', must be a time such as 2013-10-07T13:30:00Z, a date such as 2013-10-07"
                            + " (UTC), or how long ago, such as 30s, 15m, 2h or 7d",
                    e);
        }
    }
}
