package io.marketpipeline.ttl;

import io.marketpipeline.event.MarketEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides when an event's row expires. Called once per event, on the thread of the invocation; must be thread-safe. An
 * expiry that is already past is set to now by the caller, because DynamoDB never deletes what expired over five years ago.
 */
@FunctionalInterface
public interface TtlPolicy {
    /** What holds where nothing is set: 30 days from receipt. */
    int DEFAULT_DAYS = 30;

    /**
     * When the row of an event expires.
     *
     * @param event the event
     * @param receivedAt when the function received it, from which time to live usually counts: a tape of 2013 must not
     *     expire at once
     * @return empty where the row is kept for good
     */
    Optional<Instant> expiry(MarketEvent event, Instant receivedAt);

    /** Rows live for a number of days from receipt. */
    static TtlPolicy days(int days) {
        if (days < 1) {
            throw new IllegalArgumentException(
                    "a time to live is at least 1 day, not " + days + "; use never() to keep rows");
        }
        return new TtlDays(days);
    }

    /** Rows are kept for good. */
    static TtlPolicy never() {
        return (event, receivedAt) -> Optional.empty();
    }

    /** Rows live from receipt for as long as a function of the event says; empty keeps the row for good. */
    static TtlPolicy of(Function<? super MarketEvent, Optional<Duration>> timeToLive) {
        return (event, receivedAt) -> timeToLive.apply(event).map(receivedAt::plus);
    }

    /** Starts a policy by detail type and exchange. */
    static TtlRules.Builder rules() {
        return new TtlRules.Builder();
    }

    /**
     * Reads a policy from JSON as in {@link io.marketpipeline.schema.FunctionVariables#TTL}.
     *
     * @throws IllegalArgumentException where the text isn't such a policy; the message names what is wrong
     */
    static TtlPolicy parse(String json) {
        TtlPolicy days = TtlDays.parse(json);
        return days == null ? TtlJson.parse(json) : days;
    }
}
