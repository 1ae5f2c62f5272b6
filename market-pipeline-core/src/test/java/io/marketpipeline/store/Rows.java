package io.marketpipeline.store;

import io.marketpipeline.event.EventKind;
import io.marketpipeline.event.MarketEvent;
import io.marketpipeline.event.RawData;
import io.marketpipeline.schema.IndexShards;
import java.math.BigDecimal;
import java.time.Instant;

/** Rows for tests. */
public final class Rows {
    public static final Instant EVENT_TIME = Instant.parse("2013-10-07T08:00:00.614123456Z");
    public static final Instant STORED_AT = Instant.parse("2026-11-22T20:15:01.500Z");

    private Rows() {}

    public static MarketEvent.Builder event(String eventId, String raw) {
        return MarketEvent.builder()
                .kind(EventKind.TRADE)
                .eventId(eventId)
                .eventTime(EVENT_TIME)
                .source("market.data")
                .detailType("Trade Execution")
                .exchange("ARCX")
                .symbol("BAC")
                .price(new BigDecimal("13.9400"))
                .volume(new BigDecimal("500"))
                .rawData(RawData.of(raw));
    }

    public static MarketDataRow row(String requestId, MarketEvent event) {
        return new MarketDataRow(
                event,
                requestId,
                event.rawData().sha256(),
                STORED_AT.toEpochMilli() - 10,
                STORED_AT.toEpochMilli(),
                STORED_AT.getEpochSecond() + 86_400,
                "test",
                IndexShards.one());
    }

    public static MarketDataRow row(String requestId, String eventId, String raw) {
        return row(requestId, event(eventId, raw).build());
    }
}
