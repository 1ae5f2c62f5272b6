package io.marketpipeline.maven.operate;

import io.marketpipeline.publish.OutgoingEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

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
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(event.detail().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
