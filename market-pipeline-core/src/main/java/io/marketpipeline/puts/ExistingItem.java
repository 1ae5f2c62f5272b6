package io.marketpipeline.puts;

import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.ItemHash;
import io.marketpipeline.schema.MarketDataTable;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An item that is already there. Both tables name what their answers need alike; null stands for an attribute that the
 * item doesn't have. Immutable.
 *
 * @param attributes by name: {@link String}, {@link BigDecimal}, {@link Boolean}, or lists and maps of them
 */
public record ExistingItem(Map<String, Object> attributes) {
    public ExistingItem {
        attributes = Map.copyOf(attributes);
    }

    @Nullable
    String requestId() {
        return text(MarketDataTable.REQUEST_ID);
    }

    @Nullable
    String rawSha256() {
        return text(MarketDataTable.RAW_SHA256);
    }

    /** The event's raw data, which tells rows of the Terraform original apart that have no hash. */
    @Nullable
    String rawData() {
        return text(MarketDataTable.RAW_DATA);
    }

    @Nullable
    Long storedAtMillis() {
        return number(MarketDataTable.STORED_AT_MS);
    }

    /** Chain that an audit record belongs to. */
    @Nullable
    String writerId() {
        return text(AuditTrailTable.WRITER_ID);
    }

    /** Place of an audit record in its chain. */
    @Nullable
    Long chainNumber() {
        return number(AuditTrailTable.CHAIN_NUMBER);
    }

    /** Hash of the row that an audit record is of. */
    @Nullable
    String rowSha256() {
        return text(AuditTrailTable.ROW_SHA256);
    }

    /** Hash of the whole item. */
    String sha256() {
        return ItemHash.sha256(attributes);
    }

    private @Nullable String text(String name) {
        return attributes.get(name) instanceof String text ? text : null;
    }

    private @Nullable Long number(String name) {
        return attributes.get(name) instanceof BigDecimal number ? (Long) number.longValue() : null;
    }
}
