package io.marketpipeline.store;

import org.jspecify.annotations.Nullable;

/**
 * What a row that is already there says about its origin.
 *
 * @param requestId request id of the invocation that wrote it; null where the row has none
 * @param rawSha256 hash of its event's raw bytes; null where the row has none
 * @param storedAtMillis when it was written, milliseconds since the epoch; null where the row has no such time
 * @param rowSha256 hash of the whole row as it is, see {@link io.marketpipeline.schema.ItemHash}
 */
public record ExistingRow(
        @Nullable String requestId, @Nullable String rawSha256, @Nullable Long storedAtMillis, String rowSha256) {
    /** What a row says about itself. */
    public static ExistingRow of(MarketDataRow row) {
        return new ExistingRow(row.requestId(), row.rawSha256(), row.storedAtMillis(), row.sha256());
    }
}
