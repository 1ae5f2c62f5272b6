package io.marketpipeline.maven.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.marketpipeline.schema.AuditTrailTable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a success record says of its row. Immutable.
 *
 * @param row hash of the row; null in records of earlier versions
 * @param raw hash of its raw data; null likewise
 * @param createdAt when the record was written, in seconds
 * @param storedAt since when the row lives, at the latest, in seconds: mostly {@code createdAt}
 * @param again whether it is under the time of the storing, as there was the record of another row under the event's time
 */
record Success(@Nullable Sha256 row, @Nullable Sha256 raw, long createdAt, long storedAt, boolean again) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String EVENT_TIME_MS = "event_time_ms";
    private static final String FIRST_STORED_AT_MS = "first_stored_at_ms";

    static Success of(Map<String, Object> record) {
        return new Success(
                Sha256.ofAttribute(record.get(AuditTrailTable.ROW_SHA256)),
                Sha256.ofAttribute(record.get(AuditTrailTable.RAW_SHA256)),
                ItemNumber.seconds(record, AuditTrailTable.CREATED_AT),
                storedAt(record),
                details(record).path(EVENT_TIME_MS).isNumber());
    }

    /** The event's time, in milliseconds: the record's own, but where its details have another. */
    static long eventTime(Map<String, Object> record) {
        JsonNode eventTime = details(record).path(EVENT_TIME_MS);
        return eventTime.isNumber() ? eventTime.asLong() : ItemNumber.of(record, AuditTrailTable.TIMESTAMP);
    }

    /** A record that was made up for is younger than the row, and says when that was stored. */
    static long storedAt(Map<String, Object> record) {
        long createdAt = ItemNumber.seconds(record, AuditTrailTable.CREATED_AT);
        JsonNode first = details(record).path(FIRST_STORED_AT_MS);
        return first.isNumber() ? Math.min(createdAt, ItemNumber.seconds(first.asLong() / 1000)) : createdAt;
    }

    /** The details, where they have what matters here: those of most records don't, and needn't be read. */
    private static JsonNode details(Map<String, Object> record) {
        if (!(record.get(AuditTrailTable.DETAILS) instanceof String details) || !details.contains(FIRST_STORED_AT_MS)) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(details);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /**
     * Whether it must be what a row is that says it was stored then. A record is written after its row: one that is older than the
     * row, and has another's hash, is of a row before it.
     */
    boolean concerns(Sha256 hash, long rowStoredAt) {
        return row == null || row.equals(hash) || createdAt >= rowStoredAt;
    }
}
