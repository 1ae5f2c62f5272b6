package io.marketpipeline.schema;

import java.util.List;

/** The detail types that a pipeline knows without configuration. */
public final class DetailTypes {
    public static final String TRADE_EXECUTION = "Trade Execution";
    public static final String TRADE_UPDATE = "Trade Update";
    public static final String MARKET_QUOTE = "Market Quote";
    public static final String PRICE_UPDATE = "Price Update";

    /** Default source of events. */
    public static final String DEFAULT_SOURCE = "market.data";

    /** What rule {@code trade-events} routes by default. */
    public static final List<String> TRADES = List.of(TRADE_EXECUTION, TRADE_UPDATE);

    /** What rule {@code quote-events} routes by default. */
    public static final List<String> QUOTES = List.of(MARKET_QUOTE, PRICE_UPDATE);

    private DetailTypes() {}
}
