package io.marketpipeline.schema;

import java.util.Set;

/** Attributes and indexes of the market-data table. A row's key is ({@link #EVENT_ID}, {@link #TIMESTAMP}). */
public final class MarketDataTable {
    /** Partition key, string. */
    public static final String EVENT_ID = "event_id";

    /** Sort key, number: event time in milliseconds since the epoch. */
    public static final String TIMESTAMP = "timestamp";

    /** Number: event time below the millisecond, in nanoseconds (0 to 999,999); absent where the source has none. */
    public static final String EVENT_TIME_NS = "event_time_ns";

    /** Number: milliseconds since the epoch at which the publisher sent the event; absent where not given. */
    public static final String PUBLISH_TIME = "publish_time";

    public static final String SOURCE = "source";
    public static final String DETAIL_TYPE = "detail_type";
    public static final String EXCHANGE = "exchange";
    public static final String SYMBOL = "symbol";
    public static final String PRICE = "price";
    public static final String VOLUME = "volume";
    public static final String BID_PRICE = "bid_price";
    public static final String BID_SIZE = "bid_size";
    public static final String ASK_PRICE = "ask_price";
    public static final String ASK_SIZE = "ask_size";
    public static final String SEQUENCE = "sequence";
    public static final String TRADE_ID = "trade_id";

    /** What a correction or cancel refers to. */
    public static final String REF_EVENT_ID = "ref_event_id";

    public static final String CONDITIONS = "conditions";
    public static final String SIDE = "side";
    public static final String CURRENCY = "currency";
    public static final String TAPE = "tape";

    /** String: the exact text of the envelope's {@code detail}. */
    public static final String RAW_DATA = "raw_data";

    /** String: lower-case hexadecimal SHA-256 of the exact bytes of {@code detail}. */
    public static final String RAW_SHA256 = "raw_sha256";

    /** String: request id of the invocation that wrote the row. */
    public static final String REQUEST_ID = "request_id";

    /** Number: milliseconds since the epoch at which the function received the event. */
    public static final String RECEIVED_AT_MS = "received_at_ms";

    /** Number: milliseconds since the epoch at which the function wrote the row. */
    public static final String STORED_AT_MS = "stored_at_ms";

    /** Number: whole seconds since the epoch. */
    public static final String PROCESSED_AT = "processed_at";

    public static final String ENVIRONMENT = "environment";

    /** Number: which of several shards the keys of the indexes name; absent where there is one. */
    public static final String INDEX_SHARD = "index_shard";

    /** TTL attribute, number: whole seconds since the epoch; absent where the row never expires. */
    public static final String EXPIRATION_TIME = "expiration_time";

    /** Every attribute that a row has of itself; users may add attributes of other names. */
    public static final Set<String> ATTRIBUTES = Set.of(
            EVENT_ID,
            TIMESTAMP,
            EVENT_TIME_NS,
            PUBLISH_TIME,
            SOURCE,
            DETAIL_TYPE,
            EXCHANGE,
            SYMBOL,
            PRICE,
            VOLUME,
            BID_PRICE,
            BID_SIZE,
            ASK_PRICE,
            ASK_SIZE,
            SEQUENCE,
            TRADE_ID,
            REF_EVENT_ID,
            CONDITIONS,
            SIDE,
            CURRENCY,
            TAPE,
            RAW_DATA,
            RAW_SHA256,
            REQUEST_ID,
            RECEIVED_AT_MS,
            STORED_AT_MS,
            PROCESSED_AT,
            ENVIRONMENT,
            INDEX_SHARD,
            EXPIRATION_TIME);

    /** Index by ({@link #EXCHANGE}, {@link #TIMESTAMP}), all attributes. */
    public static final String EXCHANGE_INDEX = "ExchangeIndex";

    /** Index by ({@link #SYMBOL}, {@link #TIMESTAMP}), all attributes. */
    public static final String SYMBOL_INDEX = "SymbolIndex";

    private MarketDataTable() {}
}
