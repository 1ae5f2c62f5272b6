package io.marketpipeline.maven.reconcile;

import io.marketpipeline.dynamodb.JavaValues;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Reads a table from end to end, a page at a time, consistently: a row that isn't seen isn't there. Thread-safe. */
final class TableScan {
    private final DynamoDbClient client;

    TableScan(DynamoDbClient client) {
        this.client = client;
    }

    /** Hands each item on, as JDK values. */
    void each(String table, Consumer<Map<String, Object>> take) {
        Map<String, AttributeValue> start = Map.of();
        do {
            Map<String, AttributeValue> from = start;
            ScanResponse page = client.scan(request ->
                    request.tableName(table).consistentRead(true).exclusiveStartKey(from.isEmpty() ? null : from));
            page.items().forEach(item -> take.accept(JavaValues.of(item)));
            start = page.lastEvaluatedKey();
        } while (!start.isEmpty());
    }
}
