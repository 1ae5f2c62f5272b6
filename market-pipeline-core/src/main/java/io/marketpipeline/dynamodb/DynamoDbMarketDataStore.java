package io.marketpipeline.dynamodb;

import io.marketpipeline.event.RawData;
import io.marketpipeline.event.Rejection;
import io.marketpipeline.event.RejectionReasons;
import io.marketpipeline.schema.MarketDataTable;
import io.marketpipeline.store.ExistingRow;
import io.marketpipeline.store.MarketDataRow;
import io.marketpipeline.store.MarketDataStore;
import io.marketpipeline.store.StoreAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Stores rows with one conditional put each, so that a row is never overwritten and each row of a batch has an answer of
 * its own.
 */
final class DynamoDbMarketDataStore implements MarketDataStore {
    private static final int MAX_ITEM_BYTES = 400 * 1024;

    private final ConditionalPuts puts;
    private final ParallelCalls calls;

    DynamoDbMarketDataStore(ConditionalPuts puts, ParallelCalls calls) {
        this.puts = puts;
        this.calls = calls;
    }

    @Override
    public List<StoreAnswer> store(List<MarketDataRow> rows, Instant deadline) {
        return calls.map(rows, row -> answer(row, put(row, deadline)));
    }

    private PutAnswer put(MarketDataRow row, Instant deadline) {
        // What is too large by its raw data alone needn't travel; the rest DynamoDB itself decides.
        int length = row.event().rawData().length();
        return length > MAX_ITEM_BYTES
                ? new PutAnswer.TooLarge("detail alone has " + length + " bytes")
                : puts.put(Items.of(row), deadline);
    }

    private static StoreAnswer answer(MarketDataRow row, PutAnswer put) {
        if (put instanceof PutAnswer.Written) {
            return new StoreAnswer.Stored();
        }
        if (put instanceof PutAnswer.Taken taken) {
            return StoreAnswer.ofTaken(row, existing(taken.existing()));
        }
        if (put instanceof PutAnswer.TooLarge) {
            return new StoreAnswer.Refused(Rejection.of(
                    RejectionReasons.ITEM_TOO_LARGE,
                    "the row would exceed the 400 KB of a DynamoDB item; detail has "
                            + row.event().rawData().length() + " bytes"));
        }
        PutAnswer.Failed failed = (PutAnswer.Failed) put;
        return new StoreAnswer.Failed("the row wasn't stored: " + failed.message(), failed.cause());
    }

    private static ExistingRow existing(Map<String, AttributeValue> item) {
        return new ExistingRow(
                Items.text(item, MarketDataTable.REQUEST_ID),
                hash(item),
                Items.number(item, MarketDataTable.STORED_AT_MS));
    }

    /** Rows of the Terraform original have the data but not its hash. */
    private static @Nullable String hash(Map<String, AttributeValue> item) {
        String hash = Items.text(item, MarketDataTable.RAW_SHA256);
        String raw = Items.text(item, MarketDataTable.RAW_DATA);
        return hash != null || raw == null ? hash : RawData.of(raw).sha256();
    }
}
