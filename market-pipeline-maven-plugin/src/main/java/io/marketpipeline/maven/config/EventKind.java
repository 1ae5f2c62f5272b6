package io.marketpipeline.maven.config;

import io.marketpipeline.schema.DetailTypes;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What an event of a detail type carries. */
public enum EventKind {
    TRADE,
    QUOTE,
    PRICE;

    private static final Map<String, EventKind> KNOWN = Map.of(
            DetailTypes.TRADE_EXECUTION, TRADE,
            DetailTypes.TRADE_UPDATE, TRADE,
            DetailTypes.MARKET_QUOTE, QUOTE,
            DetailTypes.PRICE_UPDATE, PRICE);

    /** As {@link io.marketpipeline.schema.FunctionVariables#DETAIL_TYPES} writes it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for a detail type that isn't known without configuration. */
    public static Optional<EventKind> ofKnown(String detailType) {
        return Optional.ofNullable(KNOWN.get(detailType));
    }
}
