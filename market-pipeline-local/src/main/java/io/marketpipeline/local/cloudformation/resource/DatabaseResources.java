package io.marketpipeline.local.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** DynamoDB tables. */
final class DatabaseResources {
    private static final String INDEXES = "GlobalSecondaryIndexes";
    private static final String THROUGHPUT = "ProvisionedThroughput";
    private static final String TTL = "TimeToLiveSpecification";
    private static final String RECOVERY = "PointInTimeRecoverySpecification";
    private static final String PROTECTION = "DeletionProtectionEnabled";

    private DatabaseResources() {}

    static List<ResourceDefinition> all() {
        return List.of(ResourceDefinition.of("AWS::DynamoDB::Table", "dynamodb")
                .identifiedBy("TableName")
                .create(DatabaseResources::create)
                .ready(DatabaseResources::awaitActive)
                .setting(Set.of(TTL), DatabaseResources::timeToLive)
                .setting(Set.of(RECOVERY), DatabaseResources::recovery)
                .update(Set.of("BillingMode", THROUGHPUT, "OnDemandThroughput"), DatabaseResources::capacity)
                .update(Set.of(INDEXES), DatabaseResources::indexes)
                .update(Set.of(PROTECTION), DatabaseResources::protection)
                .update(Set.of("SSESpecification"), DatabaseResources::encryption)
                .update(Set.of("TableClass"), DatabaseResources::tableClass)
                .update(Set.of("StreamSpecification"), DatabaseResources::stream)
                .update(Set.of(Tags.PROPERTY), Tags.list("TagResource", "UntagResource", calls -> Input.empty()
                        .put("ResourceArn", arn(calls))))
                .delete(DatabaseResources::delete)
                .read((calls, properties) ->
                        calls.find("DescribeTable", table(calls)).map(answer -> answer.path("Table")))
                .attributes(DatabaseResources::attributes)
                .live(DatabaseResources::live)
                .build());
    }

    private static String create(ResourceCalls calls, ObjectNode properties) {
        Input input = Input.of(properties)
                .copy(
                        "TableName",
                        "AttributeDefinitions",
                        "KeySchema",
                        "LocalSecondaryIndexes",
                        "BillingMode",
                        THROUGHPUT,
                        "OnDemandThroughput",
                        "TableClass",
                        PROTECTION)
                .put(INDEXES, apiIndexes(properties))
                .put("SSESpecification", apiEncryption(properties))
                .put("StreamSpecification", apiStream(properties))
                .tags(Tags.PROPERTY);
        calls.call("CreateTable", input);
        return properties.path("TableName").asText();
    }

    private static void awaitActive(ResourceCalls calls) {
        calls.await("DescribeTable", table(calls), answer -> {
            JsonNode table = answer.path("Table");
            boolean active = table.path("TableStatus").asText().equals("ACTIVE");
            for (JsonNode index : table.path(INDEXES)) {
                active &= index.path("IndexStatus").asText("ACTIVE").equals("ACTIVE");
            }
            return active;
        });
    }

    private static void delete(ResourceCalls calls, ObjectNode properties) {
        calls.remove("DeleteTable", table(calls));
        calls.awaitGone("DescribeTable", table(calls));
    }

    private static void timeToLive(ResourceCalls calls, ObjectNode before, ObjectNode after) {
        JsonNode wanted = after.path(TTL);
        JsonNode old = before.path(TTL);
        boolean wasOn = old.path("Enabled").asBoolean();
        boolean isOn = wanted.path("Enabled").asBoolean();
        if (wasOn && (!isOn || !old.path("AttributeName").equals(wanted.path("AttributeName")))) {
            calls.call("UpdateTimeToLive", table(calls).put(TTL, ttl(old, false)));
        }
        if (isOn && (!wasOn || !old.path("AttributeName").equals(wanted.path("AttributeName")))) {
            calls.call("UpdateTimeToLive", table(calls).put(TTL, ttl(wanted, true)));
        }
    }

    private static JsonNode ttl(JsonNode specification, boolean enabled) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("Enabled", enabled)
                .set("AttributeName", specification.path("AttributeName"));
    }

    private static void recovery(ResourceCalls calls, ObjectNode before, ObjectNode after) {
        JsonNode wanted = after.path(RECOVERY);
        calls.call(
                "UpdateContinuousBackups",
                table(calls)
                        .put(
                                RECOVERY,
                                wanted.isMissingNode()
                                        ? JsonNodeFactory.instance.objectNode().put("PointInTimeRecoveryEnabled", false)
                                        : wanted));
    }

    private static void capacity(ResourceCalls calls, ObjectNode before, ObjectNode after) {
        Input input = table(calls)
                .put("BillingMode", after.path("BillingMode").asText("PROVISIONED"))
                .put(THROUGHPUT, after.path(THROUGHPUT))
                .put("OnDemandThroughput", after.path("OnDemandThroughput"));
        ArrayNode updates = JsonNodeFactory.instance.arrayNode();
        Map<String, JsonNode> old = byName(before);
        byName(after).forEach((name, index) -> {
            if (old.containsKey(name)) {
                addThroughput(updates, name, index);
            }
        });
        calls.call("UpdateTable", updates.isEmpty() ? input : input.put("GlobalSecondaryIndexUpdates", updates));
    }

    /**
     * DynamoDB makes or deletes one index in one update, and CloudFormation refuses more.
     * See the documentation of AWS::DynamoDB::Table, GlobalSecondaryIndexes.
     */
    private static void indexes(ResourceCalls calls, ObjectNode before, ObjectNode after) {
        Map<String, JsonNode> old = byName(before);
        Map<String, JsonNode> wanted = byName(after);
        ArrayNode updates = JsonNodeFactory.instance.arrayNode();
        ArrayNode throughputs = JsonNodeFactory.instance.arrayNode();
        old.forEach((name, index) -> {
            if (!wanted.containsKey(name) || !shape(index).equals(shape(wanted.get(name)))) {
                updates.addObject().putObject("Delete").put("IndexName", name);
            }
        });
        wanted.forEach((name, index) -> {
            if (!old.containsKey(name) || !shape(index).equals(shape(old.get(name)))) {
                updates.addObject().set("Create", index);
            } else if (!index.path(THROUGHPUT).equals(old.get(name).path(THROUGHPUT))) {
                addThroughput(throughputs, name, index);
            }
        });
        if (updates.size() > 1) {
            throw new ResourceFailure("Cannot perform more than one GSI creation or deletion in a single update");
        }
        boolean together = before.path("BillingMode").equals(after.path("BillingMode"))
                && before.path(THROUGHPUT).equals(after.path(THROUGHPUT));
        if (together) {
            updates.addAll(throughputs);
        }
        if (!updates.isEmpty()) {
            calls.call(
                    "UpdateTable",
                    table(calls)
                            .put("AttributeDefinitions", after.path("AttributeDefinitions"))
                            .put("GlobalSecondaryIndexUpdates", updates));
        }
    }

    private static void addThroughput(ArrayNode updates, String name, JsonNode index) {
        if (index.has(THROUGHPUT)) {
            updates.addObject().putObject("Update").put("IndexName", name).set(THROUGHPUT, index.path(THROUGHPUT));
        }
    }

    private static ObjectNode shape(JsonNode index) {
        ObjectNode shape = index.deepCopy();
        shape.remove(THROUGHPUT);
        return shape;
    }

    private static void protection(ResourceCalls calls, ObjectNode before, ObjectNode after) {
        calls.call(
                "UpdateTable",
                table(calls)
                        .put(
                                PROTECTION,
                                BooleanNode.valueOf(after.path(PROTECTION).asBoolean())));
    }

    private static void encryption(ResourceCalls calls, ObjectNode before, ObjectNode after) {
        JsonNode wanted = apiEncryption(after);
        calls.call(
                "UpdateTable",
                table(calls)
                        .put(
                                "SSESpecification",
                                wanted.isMissingNode()
                                        ? JsonNodeFactory.instance.objectNode().put("Enabled", false)
                                        : wanted));
    }

    private static void tableClass(ResourceCalls calls, ObjectNode before, ObjectNode after) {
        calls.call(
                "UpdateTable",
                table(calls).put("TableClass", after.path("TableClass").asText("STANDARD")));
    }

    private static void stream(ResourceCalls calls, ObjectNode before, ObjectNode after) {
        JsonNode wanted = apiStream(after);
        calls.call(
                "UpdateTable",
                table(calls)
                        .put(
                                "StreamSpecification",
                                wanted.isMissingNode()
                                        ? JsonNodeFactory.instance.objectNode().put("StreamEnabled", false)
                                        : wanted));
    }

    private static Map<String, String> attributes(ResourceCalls calls, ObjectNode properties) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("Arn", arn(calls));
        if (properties.has("StreamSpecification")) {
            JsonNode table = calls.call("DescribeTable", table(calls)).path("Table");
            attributes.put("StreamArn", table.path("LatestStreamArn").asText());
        }
        return attributes;
    }

    private static Optional<ObjectNode> live(ResourceCalls calls, ObjectNode properties, JsonNode table) {
        ObjectNode live = Input.of((ObjectNode) table)
                .copy("TableName", "KeySchema", "AttributeDefinitions", "OnDemandThroughput")
                .put(
                        "BillingMode",
                        table.path("BillingModeSummary").path("BillingMode").asText("PROVISIONED"))
                .put(
                        "TableClass",
                        table.path("TableClassSummary").path("TableClass").asText("STANDARD"))
                .put(PROTECTION, BooleanNode.valueOf(table.path(PROTECTION).asBoolean()))
                .put("SSESpecification", liveEncryption(table.path("SSEDescription"), properties))
                .put(TTL, liveTimeToLive(calls))
                .put(RECOVERY, liveRecovery(calls))
                .put(INDEXES, liveIndexes(table.path(INDEXES)))
                .put(
                        Tags.PROPERTY,
                        calls.call("ListTagsOfResource", Input.empty().put("ResourceArn", arn(calls)))
                                .path(Tags.PROPERTY))
                .build();
        if (live.path("BillingMode").asText().equals("PROVISIONED")) {
            live.set(THROUGHPUT, capacity(table.path(THROUGHPUT)));
        }
        if (table.path("StreamSpecification").path("StreamEnabled").asBoolean()) {
            live.putObject("StreamSpecification")
                    .set("StreamViewType", table.path("StreamSpecification").path("StreamViewType"));
        }
        return Optional.of(live);
    }

    private static JsonNode liveTimeToLive(ResourceCalls calls) {
        JsonNode ttl = calls.call("DescribeTimeToLive", table(calls)).path("TimeToLiveDescription");
        return ttl.path("TimeToLiveStatus").asText().startsWith("ENABL") ? ttl(ttl, true) : MissingNode.getInstance();
    }

    private static JsonNode liveRecovery(ResourceCalls calls) {
        JsonNode recovery = calls.call("DescribeContinuousBackups", table(calls))
                .path("ContinuousBackupsDescription")
                .path("PointInTimeRecoveryDescription");
        boolean enabled = recovery.path("PointInTimeRecoveryStatus").asText().equals("ENABLED");
        ObjectNode live = JsonNodeFactory.instance.objectNode().put("PointInTimeRecoveryEnabled", enabled);
        return enabled && recovery.has("RecoveryPeriodInDays")
                ? live.set("RecoveryPeriodInDays", recovery.path("RecoveryPeriodInDays"))
                : live;
    }

    /** DynamoDB gives a key's ARN, whatever it was called by. */
    private static JsonNode liveEncryption(JsonNode description, ObjectNode properties) {
        ObjectNode live = JsonNodeFactory.instance
                .objectNode()
                .put("SSEEnabled", description.path("Status").asText().startsWith("ENABL"));
        if (description.has("SSEType")) {
            live.set("SSEType", description.path("SSEType"));
        }
        String wanted =
                properties.path("SSESpecification").path("KMSMasterKeyId").asText();
        String key = description.path("KMSMasterKeyArn").asText();
        if (!key.isEmpty()) {
            live.put("KMSMasterKeyId", !wanted.isEmpty() && key.endsWith("/" + wanted) ? wanted : key);
        }
        return live;
    }

    private static JsonNode liveIndexes(JsonNode indexes) {
        ArrayNode live = JsonNodeFactory.instance.arrayNode();
        for (JsonNode index : indexes) {
            ObjectNode one = Input.of((ObjectNode) index)
                    .copy("IndexName", "KeySchema", "Projection", "OnDemandThroughput")
                    .build();
            if (index.path(THROUGHPUT).path("ReadCapacityUnits").asLong() > 0) {
                one.set(THROUGHPUT, capacity(index.path(THROUGHPUT)));
            }
            live.add(one);
        }
        return live.isEmpty() ? MissingNode.getInstance() : live;
    }

    private static JsonNode capacity(JsonNode throughput) {
        return Input.of((ObjectNode) throughput)
                .copy("ReadCapacityUnits", "WriteCapacityUnits")
                .build();
    }

    private static Input table(ResourceCalls calls) {
        return Input.empty().put("TableName", calls.physicalId());
    }

    private static String arn(ResourceCalls calls) {
        return calls.arn("table/" + calls.physicalId());
    }

    private static Map<String, JsonNode> byName(ObjectNode properties) {
        Map<String, JsonNode> indexes = new LinkedHashMap<>();
        apiIndexes(properties)
                .forEach(index -> indexes.put(index.path("IndexName").asText(), index));
        return indexes;
    }

    private static JsonNode apiIndexes(ObjectNode properties) {
        JsonNode indexes = properties.path(INDEXES).deepCopy();
        indexes.forEach(index -> ((ObjectNode) index).remove("ContributorInsightsSpecification"));
        return indexes.isEmpty() ? MissingNode.getInstance() : indexes;
    }

    private static JsonNode apiEncryption(ObjectNode properties) {
        JsonNode specification = properties.path("SSESpecification");
        if (specification.isMissingNode()) {
            return specification;
        }
        ObjectNode api = specification.deepCopy();
        api.set("Enabled", api.remove("SSEEnabled"));
        return api;
    }

    private static JsonNode apiStream(ObjectNode properties) {
        JsonNode specification = properties.path("StreamSpecification");
        if (specification.isMissingNode()) {
            return specification;
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("StreamEnabled", true)
                .set("StreamViewType", specification.path("StreamViewType"));
    }
}
