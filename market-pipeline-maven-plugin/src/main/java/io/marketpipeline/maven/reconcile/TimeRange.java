package io.marketpipeline.maven.reconcile;

import java.time.Instant;
import java.util.Optional;

/**
 * A range of event times. Immutable.
 *
 * @param from inclusive; empty for no bound
 * @param to exclusive; empty for no bound
 */
public record TimeRange(Optional<Instant> from, Optional<Instant> to) {
    /** Every time. */
    public static final TimeRange ALL = new TimeRange(Optional.empty(), Optional.empty());

    boolean contains(long millis) {
        return from.filter(start -> millis < start.toEpochMilli()).isEmpty()
                && to.filter(end -> millis >= end.toEpochMilli()).isEmpty();
    }
}
