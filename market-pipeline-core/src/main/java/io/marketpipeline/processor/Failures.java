package io.marketpipeline.processor;

import io.marketpipeline.event.MarketEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the steps of a batch share when something fails. */
final class Failures {
    /** More than any invocation has, and few enough nanoseconds for a long. */
    private static final long LONGEST_SECONDS = 86_400;

    private Failures() {}

    static ProcessingOutcome.Failed of(MarketEvent event, String message, @Nullable Throwable cause) {
        return new ProcessingOutcome.Failed(
                event.eventId(), event.detailType(), event.eventTimeMillis(), message, cause);
    }

    static String describe(Throwable cause) {
        String message = cause.getMessage();
        String name = cause.getClass().getSimpleName();
        return message == null ? name : name + ": " + message;
    }

    /**
     * The end of one step: it leaves 40 % of what time remains to those that follow it. By the system's clock, as the
     * invocation's own deadline and the adapters' patience are: the clock of the parts dates rows and may be any.
     */
    static Instant stepDeadline(InvocationContext context) {
        Instant now = Instant.now();
        Instant end = context.deadline();
        long seconds =
                Math.max(-LONGEST_SECONDS, Math.min(end.getEpochSecond() - now.getEpochSecond(), LONGEST_SECONDS));
        long nanos = seconds * 1_000_000_000 + end.getNano() - now.getNano();
        return now.plusNanos(nanos / 10 * 6);
    }

    /** One answer per question, or a clear complaint about the adapter. */
    static void checkCount(String what, int questions, int answers) {
        if (questions != answers) {
            throw new IllegalStateException(what + " gave " + answers + " answers to " + questions + " questions");
        }
    }
}
