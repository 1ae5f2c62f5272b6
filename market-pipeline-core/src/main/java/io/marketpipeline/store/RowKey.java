package io.marketpipeline.store;

import java.util.Objects;

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
}
