package io.marketpipeline.local.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lambda's functions, versions, aliases, invoke configurations and permissions. */
final class FunctionResources {
    private static final String NAME = "FunctionName";
    private static final String QUALIFIER = "Qualifier";
    private static final String CONCURRENCY = "ReservedConcurrentExecutions";
    private static final String[] CONFIGURATION = {
        "DeadLetterConfig",
        "Description",
        "Environment",
        "EphemeralStorage",
        "Handler",
        "LoggingConfig",
        "MemorySize",
        "Role",
        "Runtime",
        "SnapStart",
        "Timeout",
        "TracingConfig"
    };

    /** What may change of an event source mapping. */
    private static final String[] MAPPING = {
        "BatchSize", "Enabled", NAME, "FunctionResponseTypes", "MaximumBatchingWindowInSeconds", "ScalingConfig"
    };

    private FunctionResources() {}

    static List<ResourceDefinition> all() {
        return List.of(function(), version(), alias(), invokeConfig(), permission(), sourceMapping());
    }

    private static ResourceDefinition function() {
        return ResourceDefinition.of("AWS::Lambda::Function", "lambda")
                .identifiedBy(NAME)
                .create((calls, properties) -> {
                    calls.call(
                            "CreateFunction",
                            Input.of(properties)
                                    .copy(NAME, "Code", "Architectures", "PackageType")
                                    .copy(CONFIGURATION)
                                    .rename("KmsKeyArn", "KMSKeyArn")
                                    .tagMap(Tags.PROPERTY));
                    return properties.path(NAME).asText();
                })
                .ready(FunctionResources::awaitActive)
                .update(Set.of("Code", "Architectures"), FunctionResources::updateCode)
                .update(configuration(), FunctionResources::updateConfiguration)
                .setting(Set.of(CONCURRENCY), FunctionResources::concurrency)
                .update(
                        Set.of(Tags.PROPERTY),
                        Tags.map("TagResource", "UntagResource", Tags.PROPERTY, calls -> Input.empty()
                                .put("Resource", functionArn(calls, calls.physicalId()))))
                .delete((calls, properties) -> calls.remove("DeleteFunction", named(calls.physicalId())))
                .read((calls, properties) -> calls.find("GetFunctionConfiguration", named(calls.physicalId())))
                .attributes(FunctionResources::functionAttributes)
                .live((calls, properties, configuration) -> Optional.of(liveFunction(calls, configuration)))
                .writeOnly("Code")
                .build();
    }

    private static Set<String> configuration() {
        Set<String> names = new HashSet<>(List.of(CONFIGURATION));
        names.add("KmsKeyArn");
        return names;
    }

    private static void awaitActive(ResourceCalls calls) {
        calls.await("GetFunctionConfiguration", named(calls.physicalId()), answer -> {
            if (answer.path("State").asText().equals("Failed")
                    || answer.path("LastUpdateStatus").asText().equals("Failed")) {
                throw new ResourceFailure("Function " + calls.physicalId() + " failed: "
                        + answer.path("StateReason")
                                .asText(answer.path("LastUpdateStatusReason").asText()));
            }
            return !answer.path("State").asText().equals("Pending")
                    && !answer.path("LastUpdateStatus").asText().equals("InProgress");
        });
    }

    private static void updateCode(ResourceCalls calls, ObjectNode before, ObjectNode after) {
        JsonNode code = after.path("Code");
        calls.call(
                "UpdateFunctionCode",
                named(calls.physicalId())
                        .put("S3Bucket", code.path("S3Bucket"))
                        .put("S3Key", code.path("S3Key"))
                        .put("S3ObjectVersion", code.path("S3ObjectVersion"))
                        .put("ZipFile", code.path("ZipFile"))
                        .put("Architectures", after.path("Architectures")));
    }

    /** A property that left the template goes back to Lambda's default. */
    private static void updateConfiguration(ResourceCalls calls, ObjectNode before, ObjectNode after) {
        ObjectNode none = JsonNodeFactory.instance.objectNode();
        Input input = Input.of(after)
                .put("Description", "")
                .put("Timeout", IntNode.valueOf(3))
                .put("MemorySize", IntNode.valueOf(128))
                .put("KMSKeyArn", "")
                .put("DeadLetterConfig", none.deepCopy().put("TargetArn", ""))
                .put("Environment", none.deepCopy().set("Variables", none))
                .put("EphemeralStorage", none.deepCopy().put("Size", 512))
                .put("SnapStart", none.deepCopy().put("ApplyOn", "None"))
                .put("TracingConfig", none.deepCopy().put("Mode", "PassThrough"))
                .copy(CONFIGURATION)
                .rename("KmsKeyArn", "KMSKeyArn")
                .put(NAME, calls.physicalId());
        calls.call("UpdateFunctionConfiguration", input);
    }

    private static void concurrency(ResourceCalls calls, ObjectNode before, ObjectNode after) {
        if (after.has(CONCURRENCY)) {
            calls.call("PutFunctionConcurrency", named(calls.physicalId()).put(CONCURRENCY, after.path(CONCURRENCY)));
        } else {
            calls.call("DeleteFunctionConcurrency", named(calls.physicalId()));
        }
    }

    private static Map<String, String> functionAttributes(ResourceCalls calls, ObjectNode properties) {
        String applyOn = properties.path("SnapStart").path("ApplyOn").asText("None");
        return Map.of(
                "Arn",
                functionArn(calls, calls.physicalId()),
                "SnapStartResponse.ApplyOn",
                applyOn,
                "SnapStartResponse.OptimizationStatus",
                "Off");
    }

    private static ObjectNode liveFunction(ResourceCalls calls, JsonNode configuration) {
        ObjectNode live = Input.of((ObjectNode) configuration)
                .copy(NAME, "Architectures", "PackageType")
                .copy(CONFIGURATION)
                .rename("KMSKeyArn", "KmsKeyArn")
                .put(
                        Tags.PROPERTY,
                        Tags.listed(calls.call(
                                        "ListTags",
                                        Input.empty().put("Resource", functionArn(calls, calls.physicalId())))
                                .path(Tags.PROPERTY)))
                .build();
        live.withObject("/SnapStart").remove("OptimizationStatus");
        JsonNode reserved = calls.find("GetFunctionConcurrency", named(calls.physicalId()))
                .map(answer -> answer.path(CONCURRENCY))
                .orElse(MissingNode.getInstance());
        if (reserved.isNumber()) {
            live.set(CONCURRENCY, reserved);
        }
        return live;
    }

    private static ResourceDefinition version() {
        return ResourceDefinition.of("AWS::Lambda::Version", "lambda")
                .create(FunctionResources::publish)
                .delete((calls, properties) -> calls.remove(
                        "DeleteFunction",
                        named(functionName(calls.physicalId())).put(QUALIFIER, versionOf(calls))))
                .read((calls, properties) -> calls.find(
                        "GetFunctionConfiguration",
                        named(functionName(calls.physicalId())).put(QUALIFIER, versionOf(calls))))
                .attributes(
                        (calls, properties) -> Map.of("Version", versionOf(calls), "FunctionArn", calls.physicalId()))
                .live((calls, properties, version) -> Optional.of(Input.of((ObjectNode) version)
                        .copy(NAME, "Description", "CodeSha256")
                        .build()))
                .build();
    }

    private static String publish(ResourceCalls calls, ObjectNode properties) {
        String function = functionName(properties.path(NAME).asText());
        JsonNode known = calls.call("ListVersionsByFunction", named(function)).path("Versions");
        JsonNode published = calls.call(
                "PublishVersion",
                Input.of(properties).copy("CodeSha256", "Description").put(NAME, function));
        String number = published.path("Version").asText();
        for (JsonNode version : known) {
            if (version.path("Version").asText().equals(number)) {
                throw new ResourceFailure("A version for this Lambda function exists ( " + number
                        + " ). Modify the function to create a new version.");
            }
        }
        return functionArn(calls, function) + ":" + number;
    }

    private static ResourceDefinition alias() {
        return ResourceDefinition.of("AWS::Lambda::Alias", "lambda")
                .identify((calls, properties) -> ResourceDefinition.text(properties, "Name")
                        .map(name -> functionArn(
                                        calls,
                                        functionName(properties.path(NAME).asText())) + ":" + name))
                .create((calls, properties) -> {
                    String function = functionName(properties.path(NAME).asText());
                    calls.call(
                            "CreateAlias",
                            aliasInput(properties).put(NAME, function).copy("Name"));
                    return functionArn(calls, function) + ":"
                            + properties.path("Name").asText();
                })
                .update(
                        Set.of("Description", "FunctionVersion", "RoutingConfig"),
                        (calls, before, after) -> calls.call(
                                "UpdateAlias",
                                aliasInput(after)
                                        .put(NAME, functionName(calls.physicalId()))
                                        .put("Name", versionOf(calls))))
                .delete((calls, properties) -> calls.remove("DeleteAlias", aliasKey(calls)))
                .read((calls, properties) -> calls.find("GetAlias", aliasKey(calls)))
                .attributes((calls, properties) -> Map.of("AliasArn", calls.physicalId()))
                .live((calls, properties, alias) -> Optional.of(liveAlias(properties, alias)))
                .build();
    }

    private static Input aliasInput(ObjectNode properties) {
        ObjectNode weights = JsonNodeFactory.instance.objectNode();
        properties
                .path("RoutingConfig")
                .path("AdditionalVersionWeights")
                .forEach(weight -> weights.set(weight.path("FunctionVersion").asText(), weight.path("FunctionWeight")));
        return Input.of(properties)
                .put("Description", "")
                .copy("FunctionVersion", "Description")
                .put("RoutingConfig", JsonNodeFactory.instance.objectNode().set("AdditionalVersionWeights", weights));
    }

    private static ObjectNode liveAlias(ObjectNode properties, JsonNode alias) {
        ObjectNode live = Input.of((ObjectNode) alias)
                .copy("Name", "FunctionVersion", "Description")
                .put(NAME, properties.path(NAME))
                .build();
        ArrayNode weights = JsonNodeFactory.instance.arrayNode();
        alias.path("RoutingConfig")
                .path("AdditionalVersionWeights")
                .properties()
                .forEach(weight -> weights.addObject()
                        .put("FunctionVersion", weight.getKey())
                        .set("FunctionWeight", weight.getValue()));
        if (!weights.isEmpty()) {
            live.putObject("RoutingConfig").set("AdditionalVersionWeights", weights);
        }
        return live;
    }

    private static Input aliasKey(ResourceCalls calls) {
        return named(functionName(calls.physicalId())).put("Name", versionOf(calls));
    }

    private static ResourceDefinition invokeConfig() {
        return ResourceDefinition.of("AWS::Lambda::EventInvokeConfig", "lambda")
                .identify((calls, properties) -> Optional.of(invokeConfigId(properties)))
                .create((calls, properties) -> {
                    putInvokeConfig(calls, properties);
                    return invokeConfigId(properties);
                })
                .update(
                        Set.of("DestinationConfig", "MaximumEventAgeInSeconds", "MaximumRetryAttempts"),
                        (calls, before, after) -> putInvokeConfig(calls, after))
                .delete((calls, properties) ->
                        calls.remove("DeleteFunctionEventInvokeConfig", invokeConfigKey(properties)))
                .read((calls, properties) -> calls.find("GetFunctionEventInvokeConfig", invokeConfigKey(properties)))
                .live((calls, properties, config) -> Optional.of(Input.of((ObjectNode) config)
                        .copy("MaximumEventAgeInSeconds", "MaximumRetryAttempts", "DestinationConfig")
                        .put(NAME, properties.path(NAME))
                        .put(QUALIFIER, properties.path(QUALIFIER))
                        .build()))
                .build();
    }

    private static void putInvokeConfig(ResourceCalls calls, ObjectNode properties) {
        calls.call(
                "PutFunctionEventInvokeConfig",
                Input.of(properties)
                        .copy(QUALIFIER, "DestinationConfig", "MaximumEventAgeInSeconds", "MaximumRetryAttempts")
                        .put(NAME, functionName(properties.path(NAME).asText())));
    }

    private static Input invokeConfigKey(ObjectNode properties) {
        return Input.of(properties)
                .copy(QUALIFIER)
                .put(NAME, functionName(properties.path(NAME).asText()));
    }

    private static String invokeConfigId(ObjectNode properties) {
        return functionName(properties.path(NAME).asText()) + "|"
                + properties.path(QUALIFIER).asText();
    }

    private static ResourceDefinition permission() {
        return ResourceDefinition.of("AWS::Lambda::Permission", "lambda")
                .create((calls, properties) -> {
                    calls.call(
                            "AddPermission",
                            permissionKey(properties, calls.generatedName())
                                    .put("Action", properties.path("Action"))
                                    .put("Principal", properties.path("Principal"))
                                    .put("SourceArn", properties.path("SourceArn"))
                                    .put("SourceAccount", properties.path("SourceAccount"))
                                    .put("PrincipalOrgID", properties.path("PrincipalOrgID")));
                    return calls.generatedName();
                })
                .delete((calls, properties) ->
                        calls.remove("RemovePermission", permissionKey(properties, calls.physicalId())))
                .read(FunctionResources::findPermission)
                .attributes((calls, properties) -> Map.of("Id", calls.physicalId()))
                .live((calls, properties, answer) -> Optional.of(livePermission(calls, properties, answer)))
                .build();
    }

    /** The statement of a policy, as the permission that made it. */
    private static ObjectNode livePermission(ResourceCalls calls, ObjectNode properties, JsonNode answer) {
        ObjectNode live = JsonNodeFactory.instance.objectNode();
        live.set(NAME, properties.path(NAME));
        for (JsonNode statement :
                ResourceCalls.parsed(answer.path("Policy").asText()).path("Statement")) {
            if (statement.path("Sid").asText().equals(calls.physicalId())) {
                JsonNode principal = statement.path("Principal");
                live.set("Action", statement.path("Action"));
                live.set("Principal", principal.has("Service") ? principal.path("Service") : principal);
                statement.path("Condition").forEach(operator -> operator.properties()
                        .forEach(condition -> {
                            switch (condition.getKey().toLowerCase(Locale.ROOT)) {
                                case "aws:sourcearn" -> live.set("SourceArn", condition.getValue());
                                case "aws:sourceaccount" -> live.set("SourceAccount", condition.getValue());
                                default -> live.set("PrincipalOrgID", condition.getValue());
                            }
                        }));
            }
        }
        return live;
    }

    private static ResourceDefinition sourceMapping() {
        return ResourceDefinition.of("AWS::Lambda::EventSourceMapping", "lambda")
                .create((calls, properties) -> calls.call(
                                "CreateEventSourceMapping",
                                Input.of(properties).copy("EventSourceArn").copy(MAPPING))
                        .path("UUID")
                        .asText())
                .update(
                        Set.of(MAPPING),
                        (calls, before, after) -> calls.call(
                                "UpdateEventSourceMapping",
                                Input.of(after)
                                        .put("UUID", calls.physicalId())
                                        .put("BatchSize", IntNode.valueOf(10))
                                        .put("MaximumBatchingWindowInSeconds", IntNode.valueOf(0))
                                        .put("FunctionResponseTypes", JsonNodeFactory.instance.arrayNode())
                                        .put("ScalingConfig", JsonNodeFactory.instance.objectNode())
                                        .put("Enabled", BooleanNode.TRUE)
                                        .copy(MAPPING)))
                .delete((calls, properties) -> calls.remove("DeleteEventSourceMapping", mapping(calls)))
                .read((calls, properties) -> calls.find("GetEventSourceMapping", mapping(calls)))
                .attributes((calls, properties) -> Map.of(
                        "Id",
                        calls.physicalId(),
                        "EventSourceMappingArn",
                        calls.arn("event-source-mapping:" + calls.physicalId())))
                .live((calls, properties, mapping) -> Optional.of(liveMapping(properties, mapping)))
                .build();
    }

    private static Input mapping(ResourceCalls calls) {
        return Input.empty().put("UUID", calls.physicalId());
    }

    /** The API names the function by its ARN, whatever it was called by. */
    private static ObjectNode liveMapping(ObjectNode properties, JsonNode mapping) {
        String arn = mapping.path("FunctionArn").asText();
        String wanted = properties.path(NAME).asText();
        return Input.of((ObjectNode) mapping)
                .copy(
                        "BatchSize",
                        "EventSourceArn",
                        "FunctionResponseTypes",
                        "MaximumBatchingWindowInSeconds",
                        "ScalingConfig")
                .put(NAME, arn.endsWith(":" + wanted) ? wanted : arn)
                .put(
                        "Enabled",
                        BooleanNode.valueOf(mapping.path("State").asText().startsWith("Enabl")))
                .build();
    }

    private static Optional<JsonNode> findPermission(ResourceCalls calls, ObjectNode properties) {
        return calls.find("GetPolicy", qualified(properties.path(NAME).asText()))
                .filter(answer -> answer.path("Policy").asText().contains("\"" + calls.physicalId() + "\""));
    }

    private static Input permissionKey(ObjectNode properties, String statement) {
        return qualified(properties.path(NAME).asText()).put("StatementId", statement);
    }

    /** A function's name or ARN may end with a version or an alias, which the API takes by itself. */
    private static Input qualified(String function) {
        String path = function.substring(function.indexOf("function:") < 0 ? 0 : function.indexOf("function:") + 9);
        int colon = path.indexOf(':');
        return colon < 0 ? named(path) : named(path.substring(0, colon)).put(QUALIFIER, path.substring(colon + 1));
    }

    private static Input named(String function) {
        return Input.empty().put(NAME, function);
    }

    private static String functionName(String nameOrArn) {
        return qualified(nameOrArn).build().path(NAME).asText();
    }

    private static String versionOf(ResourceCalls calls) {
        return qualified(calls.physicalId()).build().path(QUALIFIER).asText();
    }

    private static String functionArn(ResourceCalls calls, String name) {
        return calls.arn("function:" + name);
    }
}
