package io.marketpipeline.store;

import io.marketpipeline.event.MarketEvent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row to be written to the market-data table: the event and the circumstances of its storing. Immutable. What is read
 * back is a {@link StoredEvent}.
 *
 * @param event the event
 * @param requestId request id of the invocation that writes the row
 * @param rawSha256 lower-case hexadecimal SHA-256 of the exact bytes of {@code detail}
 * @param receivedAtMillis when the function received the event, milliseconds since the epoch
 * @param storedAtMillis when the write began, milliseconds since the epoch
 * @param expirationSeconds when the row expires, whole seconds since the epoch; null where never
 * @param environment name of the environment; empty for none
 */
public record MarketDataRow(
        MarketEvent event,
        String requestId,
        String rawSha256,
        long receivedAtMillis,
        long storedAtMillis,
        @Nullable Long expirationSeconds,
        String environment) {
    public MarketDataRow {
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(rawSha256, "rawSha256");
        Objects.requireNonNull(environment, "environment");
    }

    /** Key of the row. */
    public RowKey key() {
        return new RowKey(event.eventId(), event.eventTimeMillis());
    }
}
