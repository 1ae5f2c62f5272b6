package io.marketpipeline.event;

import io.marketpipeline.schema.DetailTypes;
import java.util.Map;
import java.util.Optional;

/** What an event is about; decides which fields it must have. */
public enum EventKind {
    /** A trade, or a correction or cancel of one: price and volume, unless it only refers to another event. */
    TRADE("trade"),
    /** A quote: bid, ask or both; needs no price. */
    QUOTE("quote"),
    /** A price without a trade: price needed, volume not. */
    PRICE("price");

    private static final Map<String, EventKind> KNOWN = Map.of(
            DetailTypes.TRADE_EXECUTION, TRADE,
            DetailTypes.TRADE_UPDATE, TRADE,
            DetailTypes.MARKET_QUOTE, QUOTE,
            DetailTypes.PRICE_UPDATE, PRICE);

    private final String settingName;

    EventKind(String settingName) {
        this.settingName = settingName;
    }

    /** Name of the kind in settings: {@code trade}, {@code quote} or {@code price}. */
    public String settingName() {
        return settingName;
    }

    /** The kind with a setting's name; empty for any other name. */
    public static Optional<EventKind> ofSettingName(String name) {
        for (EventKind kind : values()) {
            if (kind.settingName.equals(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The four detail types known without configuration, with their kinds. */
    public static Map<String, EventKind> knownDetailTypes() {
        return KNOWN;
    }
}
