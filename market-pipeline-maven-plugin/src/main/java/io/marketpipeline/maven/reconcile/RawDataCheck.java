package io.marketpipeline.maven.reconcile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.util.RawValue;
import io.marketpipeline.event.DecodedEvent;
import io.marketpipeline.event.EnvelopeDecoder;
import io.marketpipeline.event.EventDecoder;
import io.marketpipeline.event.MarketEvent;
import io.marketpipeline.schema.MarketDataTable;
import io.marketpipeline.store.StoredEvent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whether a row says what its raw data says, read as the function reads it. Attributes that come from elsewhere (times, the
 * envelope, a user's own) aren't looked at. Thread-safe.
 */
final class RawDataCheck {
    private static final Map<String, Function<MarketEvent, @Nullable Object>> READ = new TreeMap<>(Map.ofEntries(
            Map.entry(MarketDataTable.EXCHANGE, MarketEvent::exchange),
            Map.entry(MarketDataTable.SYMBOL, MarketEvent::symbol),
            Map.entry(MarketDataTable.PRICE, MarketEvent::price),
            Map.entry(MarketDataTable.VOLUME, MarketEvent::volume),
            Map.entry(MarketDataTable.BID_PRICE, MarketEvent::bidPrice),
            Map.entry(MarketDataTable.BID_SIZE, MarketEvent::bidSize),
            Map.entry(MarketDataTable.ASK_PRICE, MarketEvent::askPrice),
            Map.entry(MarketDataTable.ASK_SIZE, MarketEvent::askSize),
            Map.entry(MarketDataTable.SEQUENCE, MarketEvent::sequence),
            Map.entry(MarketDataTable.TRADE_ID, MarketEvent::tradeId),
            Map.entry(MarketDataTable.REF_EVENT_ID, MarketEvent::refEventId),
            Map.entry(MarketDataTable.CONDITIONS, MarketEvent::conditions),
            Map.entry(MarketDataTable.SIDE, MarketEvent::side),
            Map.entry(MarketDataTable.CURRENCY, MarketEvent::currency),
            Map.entry(MarketDataTable.TAPE, MarketEvent::tape)));

    private final EventDecoder decoder;

    RawDataCheck(EventDecoder decoder) {
        this.decoder = decoder;
    }

    /** The first attribute that isn't what the raw data says; null if there is none, or the raw data can't be read. */
    @Nullable
    String difference(Map<String, Object> attributes) {
        StoredEvent row = new StoredEvent(attributes);
        MarketEvent event = event(row);
        return event == null
                ? null
                : READ.entrySet().stream()
                        .filter(attribute -> !same(attribute.getValue().apply(event), row, attribute.getKey()))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(null);
    }

    private static boolean same(@Nullable Object said, StoredEvent row, String name) {
        if (said instanceof Number number) {
            BigDecimal value = number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(number.longValue());
            return row.number(name)
                    .filter(stored -> stored.compareTo(value) == 0)
                    .isPresent();
        }
        return row.text(name).equals(Optional.ofNullable(said));
    }

    private @Nullable MarketEvent event(StoredEvent row) {
        if (row.rawData().isEmpty()) {
            return null;
        }
        String envelope = JsonNodeFactory.instance
                .objectNode()
                .put("id", row.eventId())
                .put("source", row.text(MarketDataTable.SOURCE).orElse(""))
                .put("detail-type", row.detailType().orElse(""))
                .put(
                        "time",
                        Instant.ofEpochMilli(row.eventTime().toEpochMilli()).toString())
                .putRawValue("detail", new RawValue(row.rawData().get()))
                .toString();
        var envelopes = EnvelopeDecoder.decode(envelope.getBytes(StandardCharsets.UTF_8))
                .envelopes();
        return envelopes.size() == 1 && decoder.decode(envelopes.get(0)) instanceof DecodedEvent.Valid valid
                ? valid.event()
                : null;
    }
}
