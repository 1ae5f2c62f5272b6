package io.marketpipeline.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A store in memory for tests of processors: the contract's answers, no endpoint. Thread-safe. */
public final class InMemoryMarketDataStore implements MarketDataStore {
    private final Map<RowKey, MarketDataRow> rows =
            new ConcurrentSkipListMap<>(Comparator.comparing(RowKey::eventId).thenComparing(RowKey::timestampMillis));
    private volatile @Nullable Function<MarketDataRow, StoreAnswer> failure;

    @Override
    public List<StoreAnswer> store(List<MarketDataRow> batch, Instant deadline) {
        List<StoreAnswer> answers = new ArrayList<>(batch.size());
        for (MarketDataRow row : batch) {
            answers.add(store(row));
        }
        return answers;
    }

    private StoreAnswer store(MarketDataRow row) {
        Function<MarketDataRow, StoreAnswer> failing = failure;
        if (failing != null) {
            return failing.apply(row);
        }
        MarketDataRow existing = rows.putIfAbsent(row.key(), row);
        return existing == null ? new StoreAnswer.Stored() : StoreAnswer.ofTaken(row, ExistingRow.of(existing));
    }

    /** Makes every write from now on fail with a message, storing nothing. */
    public void failWith(String message) {
        failure = row -> new StoreAnswer.Failed(message, null);
    }

    /** Ends what {@link #failWith(String)} began. */
    public void recover() {
        failure = null;
    }

    /** All rows by event id, then event time. */
    public List<MarketDataRow> rows() {
        return List.copyOf(rows.values());
    }
}
