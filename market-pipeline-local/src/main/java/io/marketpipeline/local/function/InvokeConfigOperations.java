package io.marketpipeline.local.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.Operation;
import java.util.List;
import java.util.Map;

/** Settings of asynchronous invocation: retries, age, destinations. */
final class InvokeConfigOperations {
    private final FunctionCatalog catalog;

    InvokeConfigOperations(FunctionCatalog catalog) {
        this.catalog = catalog;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "PutFunctionEventInvokeConfig", (input, context) -> put(input, false),
                "UpdateFunctionEventInvokeConfig", (input, context) -> put(input, true),
                "GetFunctionEventInvokeConfig", this::get,
                "DeleteFunctionEventInvokeConfig", this::delete,
                "ListFunctionEventInvokeConfigs", this::list);
    }

    private JsonNode put(ObjectNode input, boolean update) {
        FunctionReference reference = FunctionReference.of(input);
        StoredFunction function = catalog.function(reference);
        catalog.version(reference);
        String arn = catalog.arn(new FunctionReference(reference.name(), qualifier(reference)));
        synchronized (function) {
            ObjectNode old = function.invokeConfigs().get(qualifier(reference));
            if (update && old == null) {
                throw missing(arn);
            }
            ObjectNode config = update && old != null ? old.deepCopy() : JsonNodeFactory.instance.objectNode();
            for (String name : List.of("MaximumRetryAttempts", "MaximumEventAgeInSeconds", "DestinationConfig")) {
                if (input.hasNonNull(name)) {
                    config.set(name, input.get(name));
                }
            }
            check(config, "MaximumRetryAttempts", 0, 2);
            check(config, "MaximumEventAgeInSeconds", 60, 21_600);
            config.put("FunctionArn", arn).put("LastModified", System.currentTimeMillis() / 1000.0);
            if (!config.has("DestinationConfig")) {
                config.putObject("DestinationConfig").putObject("OnSuccess");
                config.withObject("/DestinationConfig").putObject("OnFailure");
            }
            function.invokeConfigs().put(qualifier(reference), config);
            return config.deepCopy();
        }
    }

    private JsonNode get(ObjectNode input, CallContext context) {
        FunctionReference reference = FunctionReference.of(input);
        ObjectNode config = catalog.function(reference).invokeConfigs().get(qualifier(reference));
        if (config == null) {
            throw missing(catalog.arn(new FunctionReference(reference.name(), qualifier(reference))));
        }
        return config.deepCopy();
    }

    private JsonNode delete(ObjectNode input, CallContext context) {
        FunctionReference reference = FunctionReference.of(input);
        if (catalog.function(reference).invokeConfigs().remove(qualifier(reference)) == null) {
            throw missing(catalog.arn(new FunctionReference(reference.name(), qualifier(reference))));
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode list(ObjectNode input, CallContext context) {
        StoredFunction function = catalog.function(FunctionReference.of(input));
        return Pages.of(
                input,
                List.copyOf(function.invokeConfigs().values()),
                "FunctionEventInvokeConfigs",
                "Marker",
                "NextMarker",
                50);
    }

    private static String qualifier(FunctionReference reference) {
        return reference.qualifier().isEmpty() ? FunctionVersion.LATEST : reference.qualifier();
    }

    private static void check(ObjectNode config, String name, int least, int most) {
        if (config.has(name)) {
            int value = config.get(name).asInt();
            if (value < least || value > most) {
                throw FunctionSettings.invalid(name + " is " + value + "; it must be " + least + " to " + most + ".");
            }
            config.put(name, value);
        }
    }

    private static AwsError missing(String arn) {
        return AwsError.of(
                "ResourceNotFoundException", "The function " + arn + " doesn't have an EventInvokeConfig", 404);
    }
}
