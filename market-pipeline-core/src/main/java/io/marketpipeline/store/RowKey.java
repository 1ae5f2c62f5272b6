package io.marketpipeline.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Key of a row: the same id at another event time is another row.
 *
 * @param eventId identity of the event
 * @param timestampMillis event time in milliseconds since the epoch
 */
public record RowKey(String eventId, long timestampMillis) {
    public RowKey {
        Objects.requireNonNull(eventId, "eventId");
    }

    /** Written out, since a record's own is linked at its first use, which takes its time at a cold start. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RowKey key && timestampMillis == key.timestampMillis && eventId.equals(key.eventId);
    }

    @Override
    public int hashCode() {
        return 31 * eventId.hashCode() + Long.hashCode(timestampMillis);
    }
}
