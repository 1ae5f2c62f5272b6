package io.marketpipeline.puts;

import io.marketpipeline.event.RawData;
import io.marketpipeline.event.Rejection;
import io.marketpipeline.event.RejectionReasons;
import io.marketpipeline.store.ExistingRow;
import io.marketpipeline.store.MarketDataRow;
import io.marketpipeline.store.MarketDataStore;
import io.marketpipeline.store.StoreAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stores rows with conditional puts, so that a row is never overwritten and each row of a batch has an answer of its own. */
public final class PutMarketDataStore implements MarketDataStore {
    private static final int MAX_ITEM_BYTES = 400 * 1024;

    private final ItemPuts puts;

    /** A store on the market-data table's puts. */
    public PutMarketDataStore(ItemPuts puts) {
        this.puts = puts;
    }

    @Override
    public List<StoreAnswer> store(List<MarketDataRow> rows, Instant deadline) {
        return store(rows, deadline, null);
    }

    @Override
    public List<StoreAnswer> store(List<MarketDataRow> rows, Instant deadline, @Nullable Runnable meanwhile) {
        // What is too large by its raw data alone needn't travel; the rest DynamoDB itself decides.
        List<MarketDataRow> fitting = new ArrayList<>(rows.size());
        for (MarketDataRow row : rows) {
            if (fits(row)) {
                fitting.add(row);
            }
        }
        List<PutAnswer> answers = fitting.isEmpty() ? List.of() : puts.put(fitting, deadline, meanwhile);
        List<StoreAnswer> all = new ArrayList<>(rows.size());
        int next = 0;
        for (MarketDataRow row : rows) {
            all.add(fits(row) ? answer(row, answers.get(next++)) : tooLarge(row));
        }
        return all;
    }

    private static boolean fits(MarketDataRow row) {
        return row.event().rawData().length() <= MAX_ITEM_BYTES;
    }

    private static StoreAnswer answer(MarketDataRow row, PutAnswer put) {
        if (put instanceof PutAnswer.Written) {
            return new StoreAnswer.Stored();
        }
        if (put instanceof PutAnswer.Taken taken) {
            return StoreAnswer.ofTaken(row, existing(taken.existing()));
        }
        if (put instanceof PutAnswer.TooLarge) {
            return tooLarge(row);
        }
        PutAnswer.Failed failed = (PutAnswer.Failed) put;
        return new StoreAnswer.Failed("the row wasn't stored: " + failed.message(), failed.cause());
    }

    private static StoreAnswer tooLarge(MarketDataRow row) {
        return new StoreAnswer.Refused(Rejection.of(
                RejectionReasons.ITEM_TOO_LARGE,
                "the row would exceed the 400 KB of a DynamoDB item; detail has "
                        + row.event().rawData().length() + " bytes"));
    }

    /** Rows of the Terraform original have the data but not its hash. */
    private static ExistingRow existing(ExistingItem item) {
        String hash = item.rawSha256();
        String raw = item.rawData();
        return new ExistingRow(
                item.requestId(),
                hash != null || raw == null ? hash : RawData.of(raw).sha256(),
                item.storedAtMillis(),
                item.sha256());
    }
}
