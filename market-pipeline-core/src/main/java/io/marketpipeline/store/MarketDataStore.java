package io.marketpipeline.store;

import java.time.Instant;
import java.util.List;

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
}
