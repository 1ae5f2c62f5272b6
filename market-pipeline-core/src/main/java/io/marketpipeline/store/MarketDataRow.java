package io.marketpipeline.store;

import io.marketpipeline.event.MarketEvent;
import io.marketpipeline.schema.AttributeWriter;
import io.marketpipeline.schema.IndexShards;
import io.marketpipeline.schema.ItemHash;
import io.marketpipeline.schema.MarketDataTable;
import io.marketpipeline.schema.TableItem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
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
 * @param shards over which its keys in the indexes are spread
 */
public record MarketDataRow(
        MarketEvent event,
        String requestId,
        String rawSha256,
        long receivedAtMillis,
        long storedAtMillis,
        @Nullable Long expirationSeconds,
        String environment,
        IndexShards shards)
        implements TableItem {
    public MarketDataRow {
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(rawSha256, "rawSha256");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(shards, "shards");
    }

    @Override
    public RowKey key() {
        return new RowKey(event.eventId(), event.eventTimeMillis());
    }

    @Override
    public void writeTo(AttributeWriter item) {
        for (Map.Entry<String, Object> own : event.attributes().entrySet()) {
            own(item, own.getKey(), own.getValue());
        }
        item.number(MarketDataTable.ASK_PRICE, event.askPrice());
        item.number(MarketDataTable.ASK_SIZE, event.askSize());
        item.number(MarketDataTable.BID_PRICE, event.bidPrice());
        item.number(MarketDataTable.BID_SIZE, event.bidSize());
        item.text(MarketDataTable.CONDITIONS, event.conditions());
        item.text(MarketDataTable.CURRENCY, event.currency());
        item.text(MarketDataTable.DETAIL_TYPE, event.detailType());
        item.text(MarketDataTable.ENVIRONMENT, environment);
        item.text(MarketDataTable.EVENT_ID, event.eventId());
        if (event.eventTimeNanos() != 0) {
            item.number(MarketDataTable.EVENT_TIME_NS, event.eventTimeNanos());
        }
        item.text(MarketDataTable.EXCHANGE, shards.key(event.exchange(), event.eventId()));
        item.number(MarketDataTable.EXPIRATION_TIME, expirationSeconds);
        if (shards.count() > 1) {
            item.number(MarketDataTable.INDEX_SHARD, shards.of(event.eventId()));
        }
        item.number(MarketDataTable.PRICE, event.price());
        item.number(MarketDataTable.PROCESSED_AT, storedAtMillis / 1000);
        item.number(MarketDataTable.PUBLISH_TIME, event.publishTimeMillis());
        item.text(MarketDataTable.RAW_DATA, event.rawData().text());
        item.text(MarketDataTable.RAW_SHA256, rawSha256);
        item.number(MarketDataTable.RECEIVED_AT_MS, receivedAtMillis);
        item.text(MarketDataTable.REF_EVENT_ID, event.refEventId());
        item.text(MarketDataTable.REQUEST_ID, requestId);
        item.number(MarketDataTable.SEQUENCE, event.sequence());
        item.text(MarketDataTable.SIDE, event.side());
        item.text(MarketDataTable.SOURCE, event.source());
        item.number(MarketDataTable.STORED_AT_MS, storedAtMillis);
        item.text(MarketDataTable.SYMBOL, shards.key(event.symbol(), event.eventId()));
        item.text(MarketDataTable.TAPE, event.tape());
        item.number(MarketDataTable.TIMESTAMP, event.eventTimeMillis());
        item.text(MarketDataTable.TRADE_ID, event.tradeId());
        item.number(MarketDataTable.VOLUME, event.volume());
    }

    /** Hash of the whole row, for its audit record: see {@link ItemHash}. */
    public String sha256() {
        return ItemHash.sha256(this);
    }

    private static void own(AttributeWriter item, String name, Object value) {
        if (value instanceof BigDecimal number) {
            item.number(name, number);
        } else if (value instanceof Boolean flag) {
            item.flag(name, flag);
        } else if (value instanceof List<?> texts) {
            item.texts(name, texts.stream().map(String::valueOf).toList());
        } else {
            item.text(name, String.valueOf(value));
        }
    }
}
