package io.marketpipeline.event;

import io.marketpipeline.schema.DetailTypes;

/** The names that an envelope and a {@code detail} have, with their places, and values that come again and again. */
final class PlainNames {
    static final int ID = 0;
    static final int SOURCE = 1;
    static final int DETAIL_TYPE = 2;
    static final int TIME = 3;
    static final int ACCOUNT = 4;
    static final int DETAIL_OBJECT = 5;
    static final int RECORDS = 9;
    static final KnownTexts ENVELOPE = new KnownTexts(
            "id",
            "source",
            "detail-type",
            "time",
            "account",
            "detail",
            "version",
            "region",
            "resources",
            QueueRecords.FIELD);

    static final int EVENT_ID = 0;
    static final int EVENT_TIME = 1;
    static final int PUBLISH_TIME = 2;
    static final int EXCHANGE = 3;
    static final int SYMBOL = 4;
    static final int PRICE = 5;
    static final int VOLUME = 6;
    static final int BID_PRICE = 7;
    static final int BID_SIZE = 8;
    static final int ASK_PRICE = 9;
    static final int ASK_SIZE = 10;
    static final int SEQUENCE = 11;
    static final int TRADE_ID = 12;
    static final int REF_EVENT_ID = 13;
    static final int CONDITIONS = 14;
    static final int SIDE = 15;
    static final int CURRENCY = 16;
    static final int TAPE = 17;
    static final KnownTexts DETAIL = new KnownTexts(
            "event_id",
            "event_time",
            "publish_time",
            "exchange",
            "symbol",
            "price",
            "volume",
            "bid_price",
            "bid_size",
            "ask_price",
            "ask_size",
            "sequence",
            "trade_id",
            "ref_event_id",
            "conditions",
            "side",
            "currency",
            "tape");

    static final KnownTexts VALUES = new KnownTexts(
            "market.data",
            DetailTypes.TRADE_EXECUTION,
            DetailTypes.TRADE_UPDATE,
            DetailTypes.MARKET_QUOTE,
            DetailTypes.PRICE_UPDATE);

    private PlainNames() {}
}
