package io.marketpipeline.local.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.EndpointSettings;
import io.marketpipeline.local.gateway.EngineService;
import io.marketpipeline.local.gateway.Json;
import io.marketpipeline.local.gateway.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.server.Handler;

/** DynamoDB. Rows are DynamoDB Local's; settings of tables that it can't hold are kept here and read back. */
public final class Tables implements EngineService, AutoCloseable {
    private static final String ENGINE_ARN = "arn:aws:dynamodb:ddblocal:000000000000:";

    /** Operations that DynamoDB Local answers whole. */
    private static final Set<String> ENGINE_OPERATIONS = Set.of(
            "BatchExecuteStatement",
            "BatchGetItem",
            "BatchWriteItem",
            "DeleteItem",
            "DescribeLimits",
            "DescribeTimeToLive",
            "ExecuteStatement",
            "ExecuteTransaction",
            "GetItem",
            "ListTables",
            "PutItem",
            "Query",
            "Scan",
            "TransactGetItems",
            "TransactWriteItems",
            "UpdateItem",
            "UpdateTimeToLive");

    private final EndpointSettings endpoint;
    private final DynamoDbEngine engine;
    private final Map<String, TableSettings> settings = new ConcurrentHashMap<>();
    private final Map<String, Operation> operations;

    /** Starts the engine. */
    public Tables(EndpointSettings endpoint) {
        this.endpoint = endpoint;
        try {
            this.engine = DynamoDbEngine.start(endpoint.workFolder().resolve("dynamodb"), endpoint.region());
        } catch (IOException e) {
            throw new UncheckedIOException("DynamoDB Local could not be started", e);
        }
        Map<String, Operation> all = new HashMap<>();
        ENGINE_OPERATIONS.forEach(name -> all.put(name, (input, context) -> engine.call(name, input)));
        all.put("CreateTable", this::create);
        all.put("DescribeTable", this::describe);
        all.put("UpdateTable", this::update);
        all.put("DeleteTable", this::delete);
        all.put("DescribeContinuousBackups", (input, context) -> of(input).backups());
        all.put("UpdateContinuousBackups", this::updateBackups);
        all.put("DescribeContributorInsights", this::describeInsights);
        all.put("UpdateContributorInsights", this::updateInsights);
        all.put("TagResource", this::tag);
        all.put("UntagResource", this::untag);
        all.put("ListTagsOfResource", (input, context) -> byArn(input).tags());
        this.operations = Map.copyOf(all);
    }

    @Override
    public String name() {
        return "dynamodb";
    }

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    @Override
    public boolean answersItself(String operation) {
        return ENGINE_OPERATIONS.contains(operation);
    }

    @Override
    public Handler engine() {
        return engine.handler();
    }

    @Override
    public void close() {
        engine.close();
    }

    private JsonNode create(ObjectNode input, CallContext context) {
        TableSettings kept = new TableSettings(endpoint, Clock.systemUTC());
        kept.apply(input);
        ObjectNode output = engine.call("CreateTable", forEngine(input));
        settings.put(input.path("TableName").asText(), kept);
        return described(output, "TableDescription");
    }

    private JsonNode describe(ObjectNode input, CallContext context) {
        return described(engine.call("DescribeTable", named(input)), "Table");
    }

    private JsonNode update(ObjectNode input, CallContext context) {
        TableSettings kept = of(input);
        ObjectNode change = forEngine(input);
        ObjectNode output = change.size() > 1
                ? engine.call("UpdateTable", change)
                : Json.object()
                        .set(
                                "TableDescription",
                                engine.call("DescribeTable", change).get("Table"));
        kept.apply(input);
        return described(output, "TableDescription");
    }

    private JsonNode delete(ObjectNode input, CallContext context) {
        if (of(input).deletionProtection()) {
            throw AwsError.of(
                    "ValidationException",
                    "Resource cannot be deleted as it is currently protected against deletion."
                            + " Disable deletion protection first.");
        }
        JsonNode output = described(engine.call("DeleteTable", named(input)), "TableDescription");
        settings.remove(tableName(input));
        return output;
    }

    private JsonNode updateBackups(ObjectNode input, CallContext context) {
        TableSettings kept = of(input);
        kept.recovery(input.path("PointInTimeRecoverySpecification"));
        return kept.backups();
    }

    private JsonNode describeInsights(ObjectNode input, CallContext context) {
        return Json.object()
                .put("TableName", tableName(input))
                .put("ContributorInsightsStatus", of(input).insightsStatus());
    }

    private JsonNode updateInsights(ObjectNode input, CallContext context) {
        of(input).insights(input.path("ContributorInsightsAction").asText().equals("ENABLE"));
        return describeInsights(input, context);
    }

    private JsonNode tag(ObjectNode input, CallContext context) {
        byArn(input).tag(input.path("Tags"));
        return Json.object();
    }

    private JsonNode untag(ObjectNode input, CallContext context) {
        byArn(input).untag(input.path("TagKeys"));
        return Json.object();
    }

    /** The kept settings of an existing table; the engine answers for one that doesn't exist. */
    private TableSettings of(ObjectNode input) {
        String name = tableName(input);
        engine.call("DescribeTable", Json.object().put("TableName", name));
        return settings.computeIfAbsent(name, key -> new TableSettings(endpoint, Clock.systemUTC()));
    }

    private TableSettings byArn(ObjectNode input) {
        return of(Json.object().put("TableName", input.path("ResourceArn").asText()));
    }

    private static ObjectNode forEngine(ObjectNode input) {
        return named(input).remove(TableSettings.KEPT);
    }

    private static ObjectNode named(ObjectNode input) {
        return input.deepCopy().put("TableName", tableName(input));
    }

    /** A table may be named by its ARN. */
    private static String tableName(ObjectNode input) {
        String name = input.path("TableName").asText();
        return name.startsWith("arn:") ? List.of(name.split("/", -1)).get(1) : name;
    }

    private ObjectNode described(ObjectNode output, String member) {
        if (output.get(member) instanceof ObjectNode description) {
            renameArns(description);
            TableSettings kept = settings.get(description.path("TableName").asText());
            if (kept != null) {
                kept.describe(description);
            }
        }
        return output;
    }

    /** DynamoDB Local's ARNs name no real region and account. */
    private void renameArns(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                String text = member.getValue().asText();
                if (text.startsWith(ENGINE_ARN)) {
                    object.set(
                            member.getKey(),
                            TextNode.valueOf(endpoint.arn("dynamodb", text.substring(ENGINE_ARN.length()))));
                }
            }
        }
        node.forEach(this::renameArns);
    }
}
