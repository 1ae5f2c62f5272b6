package io.marketpipeline.maven.operate;

import io.marketpipeline.publish.OutgoingEvent;
import io.marketpipeline.text.Sha256Hex;
import java.time.Instant;

/**
 * An event that the bus accepted, as far as it takes to find what became of it. Immutable.
 *
 * @param key of the row that it becomes
 * @param symbol instrument
 * @param sentAt when it was first sent
 * @param sha256 of the detail's bytes, lower-case hexadecimal
 */
record Sent(RowKey key, String symbol, Instant sentAt, String sha256) {
    /** Key of a row. */
    record RowKey(String eventId, long timestamp) {}

    static String sha256(OutgoingEvent event) {
        return Sha256Hex.of(event.detail());
    }
}
