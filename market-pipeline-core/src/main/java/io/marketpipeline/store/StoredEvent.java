package io.marketpipeline.store;

import io.marketpipeline.schema.MarketDataTable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A row of the market data as it was read: all its attributes, with accessors for those that the pipeline knows. Empty
 * means that the row has none, as rows of the Terraform original lack many; its numbers are read from strings, too.
 * Immutable.
 *
 * @param attributes as they are stored, by name: {@link String}, {@link BigDecimal}, {@link Boolean}, or lists and maps of them; among them
 *     what a user's processor added
 */
public record StoredEvent(Map<String, Object> attributes) {
    public StoredEvent {
        attributes = Attributes.copyOf(attributes);
    }

    /** Identity; empty text if the row has none. */
    public String eventId() {
        return text(MarketDataTable.EVENT_ID).orElse("");
    }

    /** Event time to the nanosecond; of rows of the Terraform original, when they were processed. */
    public Instant eventTime() {
        return Attributes.millis(attributes, MarketDataTable.TIMESTAMP)
                .orElse(Instant.EPOCH)
                .plusNanos(number(MarketDataTable.EVENT_TIME_NS)
                        .map(BigDecimal::longValue)
                        .orElse(0L));
    }

    public Optional<String> detailType() {
        return text(MarketDataTable.DETAIL_TYPE);
    }

    /** Venue, without the shard that its index key names. */
    public Optional<String> exchange() {
        return text(MarketDataTable.EXCHANGE);
    }

    /** Instrument, without the shard that its index key names. */
    public Optional<String> symbol() {
        return text(MarketDataTable.SYMBOL);
    }

    public Optional<BigDecimal> price() {
        return number(MarketDataTable.PRICE);
    }

    public Optional<BigDecimal> volume() {
        return number(MarketDataTable.VOLUME);
    }

    /** Place in its feed. */
    public Optional<BigDecimal> sequence() {
        return number(MarketDataTable.SEQUENCE);
    }

    /** The exact text of the event's detail. */
    public Optional<String> rawData() {
        return text(MarketDataTable.RAW_DATA);
    }

    /** Lower-case hexadecimal SHA-256 of the detail's bytes. */
    public Optional<String> rawSha256() {
        return text(MarketDataTable.RAW_SHA256);
    }

    /** When the publisher sent it, if it said so. */
    public Optional<Instant> publishTime() {
        return Attributes.millis(attributes, MarketDataTable.PUBLISH_TIME);
    }

    public Optional<Instant> receivedAt() {
        return Attributes.millis(attributes, MarketDataTable.RECEIVED_AT_MS);
    }

    /** When the function wrote the row, in milliseconds; of rows of the Terraform original in seconds. */
    public Optional<Instant> storedAt() {
        return Attributes.millis(attributes, MarketDataTable.STORED_AT_MS)
                .or(() -> Attributes.seconds(attributes, MarketDataTable.PROCESSED_AT));
    }

    /** From when on the row counts as gone; empty if it never expires. */
    public Optional<Instant> expiresAt() {
        return Attributes.seconds(attributes, MarketDataTable.EXPIRATION_TIME);
    }

    /** Any attribute as text; a number plainly, without exponent; venue and instrument without their shard. */
    public Optional<String> text(String attribute) {
        Optional<String> text = Attributes.text(attributes, attribute);
        return attribute.equals(MarketDataTable.EXCHANGE) || attribute.equals(MarketDataTable.SYMBOL)
                ? text.map(key -> Attributes.unsharded(attributes, key))
                : text;
    }

    /** Any attribute as a number; empty also if it is text that isn't one. */
    public Optional<BigDecimal> number(String attribute) {
        return Attributes.number(attributes, attribute);
    }
}
