package io.marketpipeline.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where market events are stored. A row is written once and never overwritten: the row itself tells a repeated event from
 * a new one. Implementations are thread-safe.
 */
public interface MarketDataStore {
    /**
     * Stores rows, each for itself: one that fails doesn't keep others from being stored.
     *
     * @param rows what to store; no two with the same key
     * @param deadline when the answer must be there; retries end before it
     * @return one answer per row, in the rows' order
     */
    List<StoreAnswer> store(List<MarketDataRow> rows, Instant deadline);

    /**
     * As {@link #store(List, Instant)}, with something to do while the answers are awaited. The default leaves it undone.
     *
     * @param meanwhile work that the caller does afterwards otherwise; run on the caller's thread, any number of times; must
     *     not throw; null for nothing
     */
    default List<StoreAnswer> store(List<MarketDataRow> rows, Instant deadline, @Nullable Runnable meanwhile) {
        return store(rows, deadline);
    }
}
