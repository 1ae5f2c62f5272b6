package io.marketpipeline.dynamodb;

import io.marketpipeline.audit.AuditRecord;
import io.marketpipeline.event.MarketEvent;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.MarketDataTable;
import io.marketpipeline.store.MarketDataRow;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Turns rows and audit records into items. What is null has no attribute; numbers are written without exponent. */
final class Items {
    private final Map<String, AttributeValue> item = new HashMap<>(64);

    private Items() {}

    static Map<String, AttributeValue> of(MarketDataRow row) {
        MarketEvent event = row.event();
        Items items = new Items();
        event.attributes().forEach(items::own);
        items.text(MarketDataTable.EVENT_ID, event.eventId());
        items.number(MarketDataTable.TIMESTAMP, event.eventTimeMillis());
        if (event.eventTimeNanos() != 0) {
            items.number(MarketDataTable.EVENT_TIME_NS, event.eventTimeNanos());
        }
        items.number(MarketDataTable.PUBLISH_TIME, event.publishTimeMillis());
        items.text(MarketDataTable.SOURCE, event.source());
        items.text(MarketDataTable.DETAIL_TYPE, event.detailType());
        items.text(MarketDataTable.EXCHANGE, event.exchange());
        items.text(MarketDataTable.SYMBOL, event.symbol());
        items.decimal(MarketDataTable.PRICE, event.price());
        items.decimal(MarketDataTable.VOLUME, event.volume());
        items.decimal(MarketDataTable.BID_PRICE, event.bidPrice());
        items.decimal(MarketDataTable.BID_SIZE, event.bidSize());
        items.decimal(MarketDataTable.ASK_PRICE, event.askPrice());
        items.decimal(MarketDataTable.ASK_SIZE, event.askSize());
        items.number(MarketDataTable.SEQUENCE, event.sequence());
        items.text(MarketDataTable.TRADE_ID, event.tradeId());
        items.text(MarketDataTable.REF_EVENT_ID, event.refEventId());
        items.text(MarketDataTable.CONDITIONS, event.conditions());
        items.text(MarketDataTable.SIDE, event.side());
        items.text(MarketDataTable.CURRENCY, event.currency());
        items.text(MarketDataTable.TAPE, event.tape());
        items.text(MarketDataTable.RAW_DATA, event.rawData().text());
        items.text(MarketDataTable.RAW_SHA256, row.rawSha256());
        items.text(MarketDataTable.REQUEST_ID, row.requestId());
        items.number(MarketDataTable.RECEIVED_AT_MS, row.receivedAtMillis());
        items.number(MarketDataTable.STORED_AT_MS, row.storedAtMillis());
        items.number(MarketDataTable.PROCESSED_AT, row.storedAtMillis() / 1000);
        items.text(MarketDataTable.ENVIRONMENT, row.environment());
        items.number(MarketDataTable.EXPIRATION_TIME, row.expirationSeconds());
        return items.item;
    }

    static Map<String, AttributeValue> of(AuditRecord record) {
        Items items = new Items();
        items.text(AuditTrailTable.AUDIT_ID, record.auditId());
        items.number(AuditTrailTable.TIMESTAMP, record.timestampMillis());
        items.text(AuditTrailTable.EVENT_ID, record.eventId());
        items.text(AuditTrailTable.EVENT_TYPE, record.eventType());
        items.text(AuditTrailTable.STATUS, record.status().name());
        items.text(AuditTrailTable.DETAILS, record.details());
        items.text(AuditTrailTable.ENVIRONMENT, record.environment());
        items.number(AuditTrailTable.CREATED_AT, record.createdAtSeconds());
        items.text(AuditTrailTable.REQUEST_ID, record.requestId());
        items.text(AuditTrailTable.RAW_SHA256, record.rawSha256());
        items.number(AuditTrailTable.EXPIRATION_TIME, record.expirationSeconds());
        return items.item;
    }

    /** A text attribute of an item; null where it has none. */
    static @Nullable String text(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null ? null : value.s();
    }

    /** A whole number of an item; null where it has none. */
    static @Nullable Long number(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || value.n() == null ? null : new BigDecimal(value.n()).longValue();
    }

    private void text(String name, @Nullable String value) {
        if (value != null) {
            item.put(name, AttributeValue.fromS(value));
        }
    }

    private void decimal(String name, @Nullable BigDecimal value) {
        if (value != null) {
            item.put(name, AttributeValue.fromN(value.toPlainString()));
        }
    }

    private void number(String name, @Nullable Long value) {
        if (value != null) {
            item.put(name, AttributeValue.fromN(value.toString()));
        }
    }

    private void number(String name, long value) {
        item.put(name, AttributeValue.fromN(Long.toString(value)));
    }

    private void own(String name, Object value) {
        if (value instanceof BigDecimal number) {
            decimal(name, number);
        } else if (value instanceof Boolean flag) {
            item.put(name, AttributeValue.fromBool(flag));
        } else if (value instanceof List<?> texts) {
            item.put(
                    name,
                    AttributeValue.fromL(texts.stream()
                            .map(text -> AttributeValue.fromS(String.valueOf(text)))
                            .toList()));
        } else {
            text(name, String.valueOf(value));
        }
    }
}
