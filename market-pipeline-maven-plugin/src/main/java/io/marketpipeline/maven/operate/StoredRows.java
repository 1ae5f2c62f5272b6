package io.marketpipeline.maven.operate;

import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.MarketDataTable;
import io.marketpipeline.schema.StackNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Looks rows and audit records up by their keys, a hundred at once, consistently. Thread-safe. */
final class StoredRows {
    /** {@code BatchGetItem} takes 100 keys (DynamoDB API reference). */
    static final int BATCH = 100;

    private final DynamoDbClient client;
    private final StackNames names;

    StoredRows(DynamoDbClient client, StackNames names) {
        this.client = client;
        this.names = names;
    }

    /**
     * A row, as far as it matters here.
     *
     * @param storedAtMillis 0 if the row doesn't say
     * @param sha256 empty if the row doesn't say
     */
    record Row(long storedAtMillis, String sha256) {}

    /** Those of the rows that are there; at most {@link #BATCH} may be asked for. */
    Map<Sent.RowKey, Row> rows(Collection<Sent> events) {
        Map<Sent.RowKey, Row> rows = new HashMap<>();
        List<Map<String, AttributeValue>> keys = new ArrayList<>();
        for (Sent event : Set.copyOf(events)) {
            keys.add(key(
                    MarketDataTable.EVENT_ID, event.key().eventId(), event.key().timestamp()));
        }
        String projection =
                String.join(",", "event_id", "#t", MarketDataTable.STORED_AT_MS, MarketDataTable.RAW_SHA256);
        for (Map<String, AttributeValue> item : get(names.marketDataTable(), keys, projection)) {
            rows.put(
                    new Sent.RowKey(text(item, MarketDataTable.EVENT_ID), number(item, MarketDataTable.TIMESTAMP)),
                    new Row(number(item, MarketDataTable.STORED_AT_MS), text(item, MarketDataTable.RAW_SHA256)));
        }
        return rows;
    }

    /** Which of the events have an audit record of this status at their event time; at most {@link #BATCH}. */
    Set<Sent.RowKey> audited(Collection<Sent> events, String status) {
        Set<Sent.RowKey> found = new HashSet<>();
        List<Map<String, AttributeValue>> keys = new ArrayList<>();
        for (Sent event : Set.copyOf(events)) {
            String auditId = event.key().eventId() + "#" + status;
            keys.add(key(AuditTrailTable.AUDIT_ID, auditId, event.key().timestamp()));
        }
        for (Map<String, AttributeValue> item : get(names.auditTrailTable(), keys, "audit_id,#t")) {
            String auditId = text(item, AuditTrailTable.AUDIT_ID);
            found.add(new Sent.RowKey(
                    auditId.substring(0, auditId.length() - status.length() - 1),
                    number(item, AuditTrailTable.TIMESTAMP)));
        }
        return found;
    }

    private List<Map<String, AttributeValue>> get(
            String table, List<Map<String, AttributeValue>> keys, String projection) {
        if (keys.isEmpty()) {
            return List.of();
        }
        KeysAndAttributes wanted = KeysAndAttributes.builder()
                .keys(Set.copyOf(keys))
                .consistentRead(true)
                .projectionExpression(projection)
                .expressionAttributeNames(Map.of("#t", "timestamp"))
                .build();
        // Keys that DynamoDB leaves unprocessed count as not there yet: the caller asks again in a moment.
        BatchGetItemResponse response = client.batchGetItem(request -> request.requestItems(Map.of(table, wanted)));
        return response.responses().getOrDefault(table, List.of());
    }

    private static Map<String, AttributeValue> key(String attribute, String id, long timestamp) {
        return Map.of(attribute, AttributeValue.fromS(id), "timestamp", AttributeValue.fromN(Long.toString(timestamp)));
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || value.s() == null ? "" : value.s();
    }

    private static long number(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || value.n() == null ? 0 : Long.parseLong(value.n());
    }
}
