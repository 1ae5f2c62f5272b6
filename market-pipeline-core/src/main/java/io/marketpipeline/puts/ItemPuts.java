package io.marketpipeline.puts;

import io.marketpipeline.schema.TableItem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts items into one table where their keys are free. Thread-safe. */
public interface ItemPuts {
    /**
     * Puts each item for itself, trying again what may pass until the deadline; an item that is there is never overwritten.
     * Never throws for an item's sake.
     *
     * @param items no two with the same key
     * @return one answer per item, in the items' order
     */
    List<PutAnswer> put(List<? extends TableItem> items, Instant deadline);

    /**
     * As {@link #put(List, Instant)}, with something to do while the answers are awaited. The default leaves it undone.
     *
     * @param meanwhile run on the caller's thread, any number of times; must not throw; null for nothing
     */
    default List<PutAnswer> put(List<? extends TableItem> items, Instant deadline, @Nullable Runnable meanwhile) {
        return put(items, deadline);
    }
}
