package io.marketpipeline.maven.adopt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.SSEDescription;
import software.amazon.awssdk.services.dynamodb.model.SSEStatus;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Reads a table as properties of {@code AWS::DynamoDB::Table}. */
final class OriginalTable {
    private final DynamoDbClient dynamoDb;
    private final String name;

    OriginalTable(DynamoDbClient dynamoDb, String name) {
        this.dynamoDb = dynamoDb;
        this.name = name;
    }

    /** The properties in the order and form in which the stack's template has them, so that equal ones compare equal. */
    Map<String, Object> properties() {
        TableDescription table =
                dynamoDb.describeTable(request -> request.tableName(name)).table();
        boolean provisioned = table.billingModeSummary() == null
                || table.billingModeSummary().billingMode() == BillingMode.PROVISIONED;
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("TableName", name);
        properties.put("BillingMode", provisioned ? "PROVISIONED" : "PAY_PER_REQUEST");
        if (provisioned) {
            properties.put("ProvisionedThroughput", throughput(table.provisionedThroughput()));
        }
        List<Map<String, Object>> attributes = new ArrayList<>();
        table.attributeDefinitions().stream()
                .sorted(Comparator.comparing(attribute -> attribute.attributeName()))
                .forEach(attribute -> attributes.add(Map.of(
                        "AttributeName", attribute.attributeName(),
                        "AttributeType", attribute.attributeTypeAsString())));
        properties.put("AttributeDefinitions", attributes);
        properties.put("KeySchema", keys(table.keySchema()));
        List<Map<String, Object>> indexes = new ArrayList<>();
        table.globalSecondaryIndexes().stream()
                .sorted(Comparator.comparing(GlobalSecondaryIndexDescription::indexName))
                .forEach(index -> indexes.add(index(index, provisioned)));
        if (!indexes.isEmpty()) {
            properties.put("GlobalSecondaryIndexes", indexes);
        }
        properties.put("SSESpecification", encryption(table.sseDescription()));
        properties.put("PointInTimeRecoverySpecification", recovery());
        var ttl =
                dynamoDb.describeTimeToLive(request -> request.tableName(name)).timeToLiveDescription();
        if (ttl != null && ttl.timeToLiveStatus() == TimeToLiveStatus.ENABLED) {
            properties.put("TimeToLiveSpecification", Map.of("AttributeName", ttl.attributeName(), "Enabled", true));
        }
        properties.put("DeletionProtectionEnabled", Boolean.TRUE.equals(table.deletionProtectionEnabled()));
        return properties;
    }

    private static Map<String, Object> index(GlobalSecondaryIndexDescription index, boolean provisioned) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("IndexName", index.indexName());
        properties.put("KeySchema", keys(index.keySchema()));
        properties.put("Projection", Map.of("ProjectionType", index.projection().projectionTypeAsString()));
        if (provisioned) {
            properties.put("ProvisionedThroughput", throughput(index.provisionedThroughput()));
        }
        return properties;
    }

    private static List<Map<String, Object>> keys(List<KeySchemaElement> keys) {
        List<Map<String, Object>> schema = new ArrayList<>();
        keys.forEach(key -> schema.add(Map.of("AttributeName", key.attributeName(), "KeyType", key.keyTypeAsString())));
        return schema;
    }

    private static Map<String, Object> encryption(SSEDescription description) {
        boolean managed = description != null && description.status() == SSEStatus.ENABLED;
        return managed
                ? Map.of("SSEEnabled", true, "SSEType", description.sseTypeAsString())
                : Map.of("SSEEnabled", false);
    }

    private Map<String, Object> recovery() {
        var recovery = dynamoDb.describeContinuousBackups(request -> request.tableName(name))
                .continuousBackupsDescription()
                .pointInTimeRecoveryDescription();
        Map<String, Object> properties = new LinkedHashMap<>();
        boolean enabled = recovery != null && recovery.pointInTimeRecoveryStatus() == PointInTimeRecoveryStatus.ENABLED;
        properties.put("PointInTimeRecoveryEnabled", enabled);
        if (enabled && recovery.recoveryPeriodInDays() != null) {
            properties.put("RecoveryPeriodInDays", recovery.recoveryPeriodInDays());
        }
        return properties;
    }

    private static Map<String, Object> throughput(ProvisionedThroughputDescription capacity) {
        return Map.of(
                "ReadCapacityUnits", Math.toIntExact(capacity.readCapacityUnits()),
                "WriteCapacityUnits", Math.toIntExact(capacity.writeCapacityUnits()));
    }
}
