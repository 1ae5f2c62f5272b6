package io.marketpipeline.puts;

import io.marketpipeline.schema.TableItem;
import java.time.Instant;
import java.util.List;

/** Puts items into one table where their keys are free. Thread-safe. */
public interface ItemPuts {
    /**
     * Puts each item for itself, trying again what may pass until the deadline; an item that is there is never overwritten.
     * Never throws for an item's sake.
     *
     * @param items several may have the same key; the first of them is written
     * @return one answer per item, in the items' order
     */
    List<PutAnswer> put(List<? extends TableItem> items, Instant deadline);
}
