package io.marketpipeline.store;

import io.marketpipeline.event.Rejection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the store says to one row. */
public sealed interface StoreAnswer {
    /** The row is stored. */
    record Stored() implements StoreAnswer {}

    /** The same invocation stored the same content before: a retry, or a connection cut after the write. */
    record AlreadyOurs(ExistingRow existing) implements StoreAnswer {}

    /** Another invocation stored the same content before. */
    record SeenBefore(ExistingRow existing) implements StoreAnswer {}

    /** Other content is stored under the same key; nothing was written. */
    record Conflict(ExistingRow existing) implements StoreAnswer {}

    /** The row can never be stored, for example because it is too large. */
    record Refused(Rejection rejection) implements StoreAnswer {}

    /**
     * The row isn't known to be stored; a later try may succeed.
     *
     * @param message what failed, in words
     * @param cause what the engine threw; null where it threw nothing
     */
    record Failed(String message, @Nullable Throwable cause) implements StoreAnswer {
        public Failed {
            Objects.requireNonNull(message, "message");
        }
    }

    /**
     * The answer for a row whose key is taken, by who wrote the existing one and with what content.
     *
     * @param row the row that was to be stored
     * @param existing the row that is there
     */
    static StoreAnswer ofTaken(MarketDataRow row, ExistingRow existing) {
        if (!Objects.equals(row.rawSha256(), existing.rawSha256())) {
            return new Conflict(existing);
        }
        return Objects.equals(row.requestId(), existing.requestId())
                ? new AlreadyOurs(existing)
                : new SeenBefore(existing);
    }
}
