package io.marketpipeline.bench;

import io.marketpipeline.local.LocalEndpoint;
import io.marketpipeline.local.LocalOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Counts what AWS would bill. Write units are DynamoDB Local's own {@code ConsumedCapacity}: a contestant writes its items into
 * it, and each item is put once more into a table of the schema in question, asking what that took.
 */
final class Cost {
    private static final int EVENTS = 100;
    private static final double CHUNK = 64 << 10;
    private static final String ROWS = "market-data-bench";
    private static final String AUDIT = "audit-trail-bench";

    private final Bill bill = new Bill();
    private final DynamoDbClient client;
    private final Map<String, String> environment;
    private int tables;

    private Cost(LocalEndpoint endpoint, Map<String, String> environment) {
        this.environment = environment;
        this.client = DynamoDbClient.builder()
                .endpointOverride(endpoint.uri())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("bench", "bench")))
                .build();
    }

    /** What one table's schema is, as far as it costs. */
    private record Schema(String key, List<String> indexKeys, ProjectionType projection) {}

    /**
     * Dollars a million events of each way.
     *
     * @param ours writes some events through our handler
     * @param seed writes them through the Terraform original's; null where it isn't there
     * @param detailBytes of one event, on average
     */
    static Map<String, @Nullable Double> measure(
            Map<String, String> environment, List<String> ours, @Nullable List<String> seed, double detailBytes)
            throws IOException {
        try (LocalEndpoint endpoint =
                LocalEndpoint.start(LocalOptions.defaults().withPort(0))) {
            Map<String, String> there = new HashMap<>(environment);
            there.put("AWS_ENDPOINT_URL", endpoint.uri().toString());
            return new Cost(endpoint, there).measure(ours, seed, detailBytes);
        }
    }

    private Map<String, @Nullable Double> measure(List<String> ours, @Nullable List<String> seed, double detailBytes)
            throws IOException {
        Schema rows = new Schema("event_id", List.of("exchange", "symbol"), ProjectionType.ALL);
        Schema audit = new Schema("audit_id", List.of("event_type"), ProjectionType.ALL);
        Schema narrowRows = new Schema("event_id", List.of("exchange", "symbol"), ProjectionType.KEYS_ONLY);
        Schema bareAudit = new Schema("audit_id", List.of(), ProjectionType.ALL);
        Map<String, @Nullable Double> results = new LinkedHashMap<>();
        List<Map<String, AttributeValue>> ourRows = written(ours, ROWS, AUDIT);
        List<Map<String, AttributeValue>> ourAudit = scan(AUDIT);
        double full = units(ourRows, rows) + units(ourAudit, audit);
        double narrow = units(ourRows, narrowRows) + units(ourAudit, audit);
        double noIndex = units(ourRows, rows) + units(ourAudit, bareAudit);
        double narrowNoIndex = units(ourRows, narrowRows) + units(ourAudit, bareAudit);
        Bill.Usage packed = packed(full, detailBytes);
        results.put("write_units_ours", full);
        results.put("write_units_narrow", narrow);
        results.put("write_units_no_audit_index", noIndex);
        results.put("write_units_narrow_no_audit_index", narrowNoIndex);
        count(results, "direct", direct(full));
        count(results, "packed", packed);
        results.put("usd_ours_direct", bill.perMillion(direct(full)));
        results.put("usd_ours_packed", bill.perMillion(packed));
        results.put("usd_ours_packed_narrow", bill.perMillion(packed(narrow, detailBytes)));
        results.put("usd_ours_packed_no_audit_index", bill.perMillion(packed(noIndex, detailBytes)));
        results.put("usd_ours_packed_narrow_no_audit_index", bill.perMillion(packed(narrowNoIndex, detailBytes)));
        double utilization = bill.assumed("utilization");
        results.put("usd_ours_packed_provisioned", bill.perMillionProvisioned(packed, utilization));
        results.put(
                "usd_ours_packed_all_settings",
                bill.perMillionProvisioned(packed(narrowNoIndex, detailBytes), utilization));
        if (seed == null) {
            results.put("write_units_seed", null);
            results.put("usd_seed", null);
            results.put("cost_vs_seed", null);
            results.put("cost_all_settings_vs_seed", null);
            return results;
        }
        List<Map<String, AttributeValue>> seedRows = written(seed, ROWS, AUDIT);
        double seedUnits = units(seedRows, rows) + units(scan(AUDIT), audit);
        double seedDollars = bill.perMillion(direct(seedUnits));
        results.put("write_units_seed", seedUnits);
        results.put("usd_seed", seedDollars);
        results.put("cost_vs_seed", bill.perMillion(packed) / seedDollars);
        results.put(
                "cost_all_settings_vs_seed",
                bill.perMillionProvisioned(packed(narrowNoIndex, detailBytes), utilization) / seedDollars);
        return results;
    }

    /** What is billed beside the write units, by the list's assumptions. */
    private static void count(Map<String, @Nullable Double> results, String way, Bill.Usage usage) {
        results.put("bus_events_64kb_per_million_" + way, usage.busEvents() * 1e6);
        results.put("queue_requests_per_million_" + way, usage.queueRequests() * 1e6);
        results.put("invocations_per_million_" + way, usage.invocations() * 1e6);
        results.put("gb_seconds_per_million_" + way, usage.gbSeconds() * 1e6);
    }

    /** One entry and one invocation an event, two puts one after the other. */
    private Bill.Usage direct(double units) {
        return new Bill.Usage(units, 1, 0, 1, gb() * 2 * bill.assumed("put.ms") / 1000);
    }

    /**
     * Entries filled as the publisher fills them, counted by 64 KB begun; one message each through the queue, sent and
     * received by 64 KB begun with the envelope around it, ten of them an invocation and deleted at once. Two calls of 25
     * statements each, eight at a time.
     */
    private Bill.Usage packed(double units, double detailBytes) {
        double events = Math.floor(bill.assumed("entry.bytes") / (detailBytes + 1));
        double entry = events * (detailBytes + 1);
        double chunks = Math.ceil(entry / CHUNK);
        double messageChunks = Math.ceil((entry + bill.assumed("envelope.bytes")) / CHUNK);
        double batch = events * 10;
        double millis = 2 * Math.ceil(batch / 25 / 8) * bill.assumed("batch.ms");
        return new Bill.Usage(
                units, chunks / events, (2 * messageChunks + 0.1) / events, 1 / batch, gb() * millis / 1000 / batch);
    }

    private double gb() {
        return bill.assumed("memory.mb") / 1024;
    }

    /** The rows that a contestant writes into fresh tables. */
    private List<Map<String, AttributeValue>> written(List<String> command, String rows, String audit)
            throws IOException {
        create(rows, new Schema("event_id", List.of(), ProjectionType.ALL));
        create(audit, new Schema("audit_id", List.of(), ProjectionType.ALL));
        List<String> some = new ArrayList<>(command);
        some.addAll(List.of("some", Integer.toString(EVENTS)));
        new Child(environment).run(some);
        return scan(rows);
    }

    private List<Map<String, AttributeValue>> scan(String table) {
        return client.scanPaginator(scan -> scan.tableName(table)).items().stream()
                .toList();
    }

    /** Write units of one event's item in a table, on average. */
    private double units(List<Map<String, AttributeValue>> items, Schema schema) {
        String table = "units-" + tables++;
        create(table, schema);
        double units = 0;
        for (Map<String, AttributeValue> item : items) {
            units += client.putItem(
                            put -> put.tableName(table).item(item).returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                    .consumedCapacity()
                    .capacityUnits();
        }
        return units / EVENTS;
    }

    private void create(String table, Schema schema) {
        if (client.listTables().tableNames().contains(table)) {
            client.deleteTable(delete -> delete.tableName(table));
        }
        List<AttributeDefinition> attributes = new ArrayList<>(
                List.of(attribute(schema.key, ScalarAttributeType.S), attribute("timestamp", ScalarAttributeType.N)));
        List<GlobalSecondaryIndex> indexes = new ArrayList<>();
        for (String key : schema.indexKeys) {
            attributes.add(attribute(key, ScalarAttributeType.S));
            indexes.add(GlobalSecondaryIndex.builder()
                    .indexName(key)
                    .keySchema(keys(key))
                    .projection(Projection.builder()
                            .projectionType(schema.projection)
                            .build())
                    .build());
        }
        client.createTable(request -> {
            request.tableName(table)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(attributes)
                    .keySchema(keys(schema.key));
            if (!indexes.isEmpty()) {
                request.globalSecondaryIndexes(indexes);
            }
        });
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static List<KeySchemaElement> keys(String hash) {
        return List.of(
                KeySchemaElement.builder()
                        .attributeName(hash)
                        .keyType(KeyType.HASH)
                        .build(),
                KeySchemaElement.builder()
                        .attributeName("timestamp")
                        .keyType(KeyType.RANGE)
                        .build());
    }
}
