package io.marketpipeline.store;

/** Reads stored market data. Implementations are thread-safe. */
public interface MarketDataReader {
    /**
     * Reads a page of rows in the order of their event time, inside a millisecond by its nanoseconds, then by sequence.
     * A page never ends inside a millisecond. Expired rows are left out, whether the store has deleted them or not. By
     * symbol and exchange, rows written in the last moments may still be missing.
     *
     * @throws IllegalArgumentException if the request's token belongs to another query
     * @throws ReadFailedException if the store can't be read
     */
    Page<StoredEvent> read(MarketDataQuery query, PageRequest page);
}
