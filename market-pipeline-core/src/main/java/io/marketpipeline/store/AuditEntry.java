package io.marketpipeline.store;

import io.marketpipeline.schema.AuditTrailTable;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An audit record as it was read: all its attributes, with accessors for those that the pipeline knows. Immutable.
 *
 * @param attributes as they are stored, by name: {@link String}, {@link java.math.BigDecimal}, {@link Boolean}, or lists and maps of them
 */
public record AuditEntry(Map<String, Object> attributes) {
    public AuditEntry {
        attributes = Attributes.copyOf(attributes);
    }

    /** Key of the record; empty text if it has none. */
    public String auditId() {
        return text(AuditTrailTable.AUDIT_ID).orElse("");
    }

    /** Event time of a success or rejection, else when it happened. */
    public Instant timestamp() {
        return Attributes.millis(attributes, AuditTrailTable.TIMESTAMP).orElse(Instant.EPOCH);
    }

    /** When the record was written, whole seconds. */
    public Optional<Instant> createdAt() {
        return Attributes.seconds(attributes, AuditTrailTable.CREATED_AT);
    }

    /** Identity of the event; empty text if the record has none. */
    public String eventId() {
        return text(AuditTrailTable.EVENT_ID).orElse("");
    }

    /** Detail type of the event. */
    public Optional<String> eventType() {
        return text(AuditTrailTable.EVENT_TYPE);
    }

    /** What happened, such as {@code SUCCESS}; empty text if the record doesn't say. */
    public String status() {
        return text(AuditTrailTable.STATUS).orElse("");
    }

    /** JSON. */
    public Optional<String> details() {
        return text(AuditTrailTable.DETAILS);
    }

    /** Any attribute as text; the detail type without the shard that its index key names. */
    public Optional<String> text(String attribute) {
        Optional<String> text = Attributes.text(attributes, attribute);
        return attribute.equals(AuditTrailTable.EVENT_TYPE)
                ? text.map(key -> Attributes.unsharded(attributes, key))
                : text;
    }
}
