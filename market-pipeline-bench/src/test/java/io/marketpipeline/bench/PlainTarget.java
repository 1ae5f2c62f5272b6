package io.marketpipeline.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A Java function as one is usually written first: Jackson's databind, the SDK's client with its defaults, and the two puts of
 * the Terraform original; it neither validates nor logs nor keeps from storing an event twice.
 */
final class PlainTarget implements Target {
    private final DynamoDbClient client = DynamoDbClient.create();
    private final ObjectMapper mapper = new ObjectMapper();
    private final List<byte[]> ticks;

    PlainTarget(List<byte[]> ticks) {
        this.ticks = ticks;
    }

    @Override
    public int invoke(int number) throws IOException {
        JsonNode event = mapper.readTree(ticks.get(number % ticks.size()));
        JsonNode detail = event.path("detail");
        Map<String, AttributeValue> row = new HashMap<>();
        text(row, "event_id", event.path("id").asText());
        number(row, "timestamp", System.currentTimeMillis());
        text(row, "source", event.path("source").asText());
        text(row, "detail_type", event.path("detail-type").asText());
        text(row, "exchange", detail.path("exchange").asText("UNKNOWN"));
        text(row, "symbol", detail.path("symbol").asText("UNKNOWN"));
        row.put("price", AttributeValue.fromN(detail.path("price").asText("0")));
        row.put("volume", AttributeValue.fromN(detail.path("volume").asText("0")));
        text(row, "raw_data", detail.toString());
        number(row, "processed_at", System.currentTimeMillis() / 1000);
        number(row, "expiration_time", System.currentTimeMillis() / 1000 + 30 * 86_400);
        client.putItem(put -> put.tableName("market-data-bench").item(row));
        Map<String, AttributeValue> audit = new HashMap<>();
        text(audit, "audit_id", UUID.randomUUID().toString());
        number(audit, "timestamp", System.currentTimeMillis());
        text(audit, "event_id", event.path("id").asText());
        text(audit, "event_type", event.path("detail-type").asText());
        text(audit, "status", "SUCCESS");
        text(
                audit,
                "details",
                mapper.writeValueAsString(Map.of("symbol", detail.path("symbol").asText(""))));
        number(audit, "created_at", System.currentTimeMillis() / 1000);
        client.putItem(put -> put.tableName("audit-trail-bench").item(audit));
        return 1;
    }

    private static void text(Map<String, AttributeValue> item, String name, String value) {
        item.put(name, AttributeValue.fromS(value));
    }

    private static void number(Map<String, AttributeValue> item, String name, long value) {
        item.put(name, AttributeValue.fromN(Long.toString(value)));
    }
}
