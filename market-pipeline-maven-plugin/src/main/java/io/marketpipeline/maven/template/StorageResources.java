package io.marketpipeline.maven.template;

import io.marketpipeline.maven.config.Capacity;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.TablesConfig;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.IndexProjection;
import io.marketpipeline.schema.MarketDataTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The two tables. */
final class StorageResources {
    private record Index(String name, String partitionKey) {}

    private final PipelineConfig config;
    private final Encryption encryption;
    private final Tags tags;

    StorageResources(PipelineConfig config, Encryption encryption, Tags tags) {
        this.config = config;
        this.encryption = encryption;
        this.tags = tags;
    }

    List<Resource> resources() {
        return List.of(
                table(
                        LogicalIds.MARKET_DATA_TABLE,
                        config.names().marketDataTable(),
                        MarketDataTable.EVENT_ID,
                        List.of(
                                new Index(MarketDataTable.EXCHANGE_INDEX, MarketDataTable.EXCHANGE),
                                new Index(MarketDataTable.SYMBOL_INDEX, MarketDataTable.SYMBOL)),
                        Optional.of(MarketDataTable.EXPIRATION_TIME)),
                table(
                        LogicalIds.AUDIT_TRAIL_TABLE,
                        config.names().auditTrailTable(),
                        AuditTrailTable.AUDIT_ID,
                        config.audit().index()
                                ? List.of(new Index(AuditTrailTable.EVENT_TYPE_INDEX, AuditTrailTable.EVENT_TYPE))
                                : List.of(),
                        config.audit().retentionDays().isPresent()
                                ? Optional.of(AuditTrailTable.EXPIRATION_TIME)
                                : Optional.empty()));
    }

    private Resource table(
            String logicalId, String name, String partitionKey, List<Index> indexes, Optional<String> ttlAttribute) {
        TablesConfig tables = config.tables();
        Properties properties = Properties.of("TableName", name)
                .with("BillingMode", tables.billing().name())
                .with("ProvisionedThroughput", tables.capacity().map(StorageResources::throughput))
                .with("AttributeDefinitions", attributes(partitionKey, indexes))
                .with("KeySchema", keySchema(partitionKey))
                .withAll(
                        "GlobalSecondaryIndexes",
                        indexes.stream().map(this::index).toList())
                .with("SSESpecification", sse())
                .with("PointInTimeRecoverySpecification", recovery(tables))
                .with("TimeToLiveSpecification", ttlAttribute.map(attribute -> Properties.of("AttributeName", attribute)
                        .with("Enabled", true)))
                .with("DeletionProtectionEnabled", tables.protection())
                .with("Tags", tags.named(name));
        Resource table = new Resource(logicalId, "AWS::DynamoDB::Table", properties).holdingData(tables.retain());
        if (!encryption.byCustomerKey()) {
            table.skipping(
                    "CKV_AWS_119", "Encrypted with AWS's key; <tables><encryption>customer takes a key of your own");
        }
        if (tables.pitrDays().isEmpty()) {
            table.skipping("CKV_AWS_28", "Switched off by <tables><pitrDays>0");
        }
        return table;
    }

    private static Properties recovery(TablesConfig tables) {
        Properties recovery =
                Properties.of("PointInTimeRecoveryEnabled", tables.pitrDays().isPresent());
        tables.pitrDays().ifPresent(days -> recovery.with("RecoveryPeriodInDays", days));
        return recovery;
    }

    private Properties sse() {
        boolean owned = config.tables().encryption() == TablesConfig.Encryption.OWNED;
        return Properties.of("SSEEnabled", !owned)
                .withIf(!owned, "SSEType", "KMS")
                .with("KMSMasterKeyId", encryption.keyArn());
    }

    private Properties index(Index index) {
        boolean wholeRows = config.tables().indexProjection() == IndexProjection.ALL;
        return Properties.of("IndexName", index.name())
                .with("KeySchema", keySchema(index.partitionKey()))
                .with("Projection", Properties.of("ProjectionType", wholeRows ? "ALL" : "KEYS_ONLY"))
                .with("ProvisionedThroughput", config.tables().indexCapacity().map(StorageResources::throughput));
    }

    /** The sort key has one name in both tables. */
    private static List<Properties> keySchema(String partitionKey) {
        return List.of(
                Properties.of("AttributeName", partitionKey).with("KeyType", "HASH"),
                Properties.of("AttributeName", MarketDataTable.TIMESTAMP).with("KeyType", "RANGE"));
    }

    private static List<Properties> attributes(String partitionKey, List<Index> indexes) {
        Map<String, String> types = new TreeMap<>();
        types.put(partitionKey, "S");
        types.put(MarketDataTable.TIMESTAMP, "N");
        indexes.forEach(index -> types.put(index.partitionKey(), "S"));
        List<Properties> attributes = new ArrayList<>();
        types.forEach((name, type) ->
                attributes.add(Properties.of("AttributeName", name).with("AttributeType", type)));
        return attributes;
    }

    private static Properties throughput(Capacity capacity) {
        return Properties.of("ReadCapacityUnits", capacity.read()).with("WriteCapacityUnits", capacity.write());
    }
}
