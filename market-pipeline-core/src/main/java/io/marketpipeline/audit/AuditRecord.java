package io.marketpipeline.audit;

import io.marketpipeline.schema.AttributeWriter;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.IndexShards;
import io.marketpipeline.schema.TableItem;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One record of the audit trail. Immutable.
 *
 * @param status what became of the event
 * @param eventId identity of the event; where none could be read, {@code unreadable-} and the payload's hash
 * @param eventType the event's detail type; {@code unknown} where it couldn't be read
 * @param timestampMillis event time for {@code SUCCESS} and {@code REJECTED} (0 where it couldn't be read), the time of the
 *     storing for the {@code SUCCESS} of a row other than the recorded one, wall clock for the others; milliseconds since the epoch
 * @param details a JSON object; see {@link AuditDetails}
 * @param environment name of the environment; empty where the record has none
 * @param createdAtSeconds when the record was written, whole seconds since the epoch
 * @param requestId request id of the invocation that wrote it; null in records of the Terraform original
 * @param rawSha256 hash of the exact bytes of the event's detail, or of the payload where it has none; null in records of
 *     the Terraform original
 * @param rowSha256 hash of the row that the event is stored as, see {@link io.marketpipeline.schema.ItemHash}; null where
 *     there is none
 * @param link place in its writer's chain; null outside of chains
 * @param expirationSeconds when the record expires, whole seconds since the epoch; null where never
 * @param shards over which its key in the index is spread
 */
public record AuditRecord(
        AuditStatus status,
        String eventId,
        String eventType,
        long timestampMillis,
        String details,
        String environment,
        long createdAtSeconds,
        @Nullable String requestId,
        @Nullable String rawSha256,
        @Nullable String rowSha256,
        @Nullable ChainLink link,
        @Nullable Long expirationSeconds,
        IndexShards shards)
        implements TableItem {
    public AuditRecord {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(eventId, "eventId");
        Objects.requireNonNull(eventType, "eventType");
        Objects.requireNonNull(details, "details");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(shards, "shards");
    }

    /** Partition key: the event id, {@code #}, the status. */
    public String auditId() {
        return status.auditId(eventId);
    }

    @Override
    public Object key() {
        return List.of(eventId, status, timestampMillis);
    }

    @Override
    public void writeTo(AttributeWriter item) {
        item.all(
                AuditTrailTable.AUDIT_ID, auditId(),
                AuditTrailTable.CHAIN_NUMBER, link == null ? null : (Long) link.number(),
                AuditTrailTable.CREATED_AT, createdAtSeconds,
                AuditTrailTable.DETAILS, details,
                AuditTrailTable.ENVIRONMENT, environment,
                AuditTrailTable.EVENT_ID, eventId,
                AuditTrailTable.EVENT_TYPE, shards.key(eventType, eventId),
                AuditTrailTable.EXPIRATION_TIME, expirationSeconds,
                AuditTrailTable.INDEX_SHARD, shards.count() > 1 ? (Long) (long) shards.of(eventId) : null,
                AuditTrailTable.PREVIOUS_SHA256, link == null ? null : link.previousSha256(),
                AuditTrailTable.RAW_SHA256, rawSha256,
                AuditTrailTable.REQUEST_ID, requestId,
                AuditTrailTable.ROW_SHA256, rowSha256,
                AuditTrailTable.STATUS, status.name(),
                AuditTrailTable.TIMESTAMP, timestampMillis,
                AuditTrailTable.WRITER_ID, link == null ? null : link.writerId());
    }

    /** A builder with this record's values. */
    public Builder toBuilder() {
        return new Builder(status, eventId)
                .eventType(eventType)
                .timestampMillis(timestampMillis)
                .details(details)
                .environment(environment)
                .createdAtSeconds(createdAtSeconds)
                .requestId(requestId)
                .rawSha256(rawSha256)
                .rowSha256(rowSha256)
                .link(link)
                .expirationSeconds(expirationSeconds)
                .shards(shards);
    }

    /** A builder of a record of an event; the rest is empty, zero or null. */
    public static Builder builder(AuditStatus status, String eventId) {
        return new Builder(status, eventId);
    }

    /** Builds an {@link AuditRecord}. Not thread-safe. */
    public static final class Builder {
        private final AuditStatus status;
        private final String eventId;
        private String eventType = "unknown";
        private long timestampMillis;
        private String details = "{}";
        private String environment = "";
        private long createdAtSeconds;
        private @Nullable String requestId;
        private @Nullable String rawSha256;
        private @Nullable String rowSha256;
        private @Nullable ChainLink link;
        private @Nullable Long expirationSeconds;
        private IndexShards shards = IndexShards.one();

        private Builder(AuditStatus status, String eventId) {
            this.status = status;
            this.eventId = eventId;
        }

        public Builder eventType(String value) {
            eventType = value;
            return this;
        }

        public Builder timestampMillis(long value) {
            timestampMillis = value;
            return this;
        }

        public Builder details(String value) {
            details = value;
            return this;
        }

        public Builder environment(String value) {
            environment = value;
            return this;
        }

        public Builder createdAtSeconds(long value) {
            createdAtSeconds = value;
            return this;
        }

        public Builder requestId(@Nullable String value) {
            requestId = value;
            return this;
        }

        public Builder rawSha256(@Nullable String value) {
            rawSha256 = value;
            return this;
        }

        public Builder rowSha256(@Nullable String value) {
            rowSha256 = value;
            return this;
        }

        public Builder link(@Nullable ChainLink value) {
            link = value;
            return this;
        }

        public Builder expirationSeconds(@Nullable Long value) {
            expirationSeconds = value;
            return this;
        }

        public Builder shards(IndexShards value) {
            shards = value;
            return this;
        }

        public AuditRecord build() {
            return new AuditRecord(
                    status,
                    eventId,
                    eventType,
                    timestampMillis,
                    details,
                    environment,
                    createdAtSeconds,
                    requestId,
                    rawSha256,
                    rowSha256,
                    link,
                    expirationSeconds,
                    shards);
        }
    }
}
