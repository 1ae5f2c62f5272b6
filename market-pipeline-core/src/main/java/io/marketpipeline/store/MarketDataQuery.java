package io.marketpipeline.store;

import java.util.Objects;
import java.util.Set;

/**
 * Which rows of the market data to read. Immutable.
 *
 * @param by what {@code value} is
 * @param value compared exactly, upper and lower case told apart
 * @param detailTypes only rows of these detail types; empty for all
 */
public record MarketDataQuery(By by, String value, Set<String> detailTypes) {
    /** What rows can be found by. */
    public enum By {
        SYMBOL,
        EXCHANGE,
        EVENT_ID
    }

    public MarketDataQuery {
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(value, "value");
        detailTypes = Set.copyOf(detailTypes);
    }

    /** All rows of an instrument. */
    public static MarketDataQuery bySymbol(String symbol) {
        return new MarketDataQuery(By.SYMBOL, symbol, Set.of());
    }

    /** All rows of a venue. */
    public static MarketDataQuery byExchange(String exchange) {
        return new MarketDataQuery(By.EXCHANGE, exchange, Set.of());
    }

    /** All versions of an event: rows with the same identity and another event time. */
    public static MarketDataQuery byEventId(String eventId) {
        return new MarketDataQuery(By.EVENT_ID, eventId, Set.of());
    }

    /** The same, but only rows of these detail types. */
    public MarketDataQuery ofTypes(Set<String> detailTypes) {
        return new MarketDataQuery(by, value, detailTypes);
    }
}
