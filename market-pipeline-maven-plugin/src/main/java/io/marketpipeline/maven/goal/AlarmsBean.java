package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.Element;
import org.jspecify.annotations.Nullable;

/** Element {@code <alarms>}. */
public final class AlarmsBean {
    /** ARN of the SNS topic that alarms go to, or {@code create}; nowhere by default. */
    private @Nullable String topic;

    /** Failed invocations in a minute that are still fine; default 5. */
    private @Nullable String errors;

    /** Milliseconds, mean of a minute, that are still fine; default 5000. */
    private @Nullable String duration;

    /** Rejected events in a minute that are still fine; default 0. */
    private @Nullable String rejected;

    /** Throttled calls in a minute that are still fine; default 0. */
    private @Nullable String throttles;

    /** Messages in the dead-letter queue that are still fine; default 0. */
    private @Nullable String deadLetters;

    /** Seconds, age of the oldest dead letter that is still fine; default 3600. */
    private @Nullable String deadLetterAge;

    /** Messages that wait for the function, with buffered delivery, that are still fine; default 10000. */
    private @Nullable String queueDepth;

    /** Seconds, age of the oldest of them that is still fine; default 300. */
    private @Nullable String queueAge;

    /** When events must flow; no alarm on a stopped flow by default. */
    private @Nullable TradingHoursBean tradingHours;

    /** Minutes without an event that count as stopped; default 5. */
    private @Nullable String stoppedMinutes;

    Element element() {
        return Element.group("alarms")
                .value("topic", topic)
                .value("errors", errors)
                .value("duration", duration)
                .value("rejected", rejected)
                .value("throttles", throttles)
                .value("deadLetters", deadLetters)
                .value("deadLetterAge", deadLetterAge)
                .value("queueDepth", queueDepth)
                .value("queueAge", queueAge)
                .element(tradingHours == null ? null : tradingHours.element())
                .value("stoppedMinutes", stoppedMinutes)
                .build();
    }
}
