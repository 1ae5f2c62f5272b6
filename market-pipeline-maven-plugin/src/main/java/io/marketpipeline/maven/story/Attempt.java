package io.marketpipeline.maven.story;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.store.AuditEntry;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An audit record with its details read.
 *
 * @param details missing where they aren't JSON
 */
record Attempt(AuditEntry record, JsonNode details) {
    static final String FIRST_STORED_AT_MS = "first_stored_at_ms";

    private static final JsonMapper JSON = new JsonMapper();

    static Attempt of(AuditEntry record) {
        try {
            return new Attempt(record, JSON.readTree(record.details().orElse("")));
        } catch (JsonProcessingException e) {
            return new Attempt(record, MissingNode.getInstance());
        }
    }

    /** Event time in ms: what the record says, else the key of a success or refusal; empty where neither is known. */
    OptionalLong eventTime() {
        JsonNode time = details.path("event_time_ms");
        if (time.isNumber()) {
            return OptionalLong.of(time.asLong());
        }
        return is(AuditStatus.SUCCESS) || is(AuditStatus.REJECTED)
                ? OptionalLong.of(record.timestamp().toEpochMilli())
                : OptionalLong.empty();
    }

    /** When it happened; a success or refusal by when its record was written, in seconds, but not before its receipt. */
    Instant at() {
        Instant known = is(AuditStatus.DUPLICATE) || is(AuditStatus.ERROR)
                ? record.timestamp()
                : record.createdAt().orElse(record.timestamp());
        return receivedAt().filter(known::isBefore).orElse(known);
    }

    /** When the row of a success was stored: what the record says, else when it was written, right after. */
    Instant storedAt() {
        return millis(FIRST_STORED_AT_MS).orElseGet(this::at);
    }

    Optional<Instant> receivedAt() {
        return millis("received_at_ms");
    }

    Optional<Instant> millis(String name) {
        JsonNode value = details.path(name);
        return value.isNumber() ? Optional.of(Instant.ofEpochMilli(value.asLong())) : Optional.empty();
    }

    boolean is(AuditStatus status) {
        return record.status().equals(status.name());
    }

    Optional<String> rawSha256() {
        return record.text(AuditTrailTable.RAW_SHA256);
    }

    /** A text of the details; empty where there is none. */
    Optional<String> detail(String name) {
        JsonNode value = details.path(name);
        return value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty();
    }
}
