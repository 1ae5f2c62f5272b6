package io.marketpipeline.local.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.Operation;
import java.util.Map;

/** Reserved concurrency, tags, and the account's limits. */
final class AccountOperations {
    /** Lambda's default limit of an account. */
    private static final int ACCOUNT_CONCURRENCY = 1000;

    private final FunctionCatalog catalog;

    AccountOperations(FunctionCatalog catalog) {
        this.catalog = catalog;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "PutFunctionConcurrency", this::putConcurrency,
                "GetFunctionConcurrency", this::getConcurrency,
                "DeleteFunctionConcurrency", this::deleteConcurrency,
                "TagResource", this::tag,
                "UntagResource", this::untag,
                "ListTags", this::listTags,
                "GetAccountSettings", this::settings);
    }

    private JsonNode putConcurrency(ObjectNode input, CallContext context) {
        StoredFunction function = catalog.function(FunctionReference.of(input));
        int reserved = input.path("ReservedConcurrentExecutions").asInt();
        if (reserved < 0 || reserved > ACCOUNT_CONCURRENCY - 100) {
            throw FunctionSettings.invalid("Specified ReservedConcurrentExecutions for function decreases account's"
                    + " UnreservedConcurrentExecution below its minimum value of [100].");
        }
        function.reserved(reserved);
        return JsonNodeFactory.instance.objectNode().put("ReservedConcurrentExecutions", reserved);
    }

    private JsonNode getConcurrency(ObjectNode input, CallContext context) {
        int reserved = catalog.function(FunctionReference.of(input)).reserved();
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        return reserved == StoredFunction.UNRESERVED ? output : output.put("ReservedConcurrentExecutions", reserved);
    }

    private JsonNode deleteConcurrency(ObjectNode input, CallContext context) {
        catalog.function(FunctionReference.of(input)).reserved(StoredFunction.UNRESERVED);
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode tag(ObjectNode input, CallContext context) {
        StoredFunction function = tagged(input);
        synchronized (function) {
            input.path("Tags").properties().forEach(tag -> function.tags()
                    .put(tag.getKey(), tag.getValue().asText()));
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode untag(ObjectNode input, CallContext context) {
        StoredFunction function = tagged(input);
        synchronized (function) {
            input.path("TagKeys").forEach(key -> function.tags().remove(key.asText()));
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode listTags(ObjectNode input, CallContext context) {
        StoredFunction function = tagged(input);
        synchronized (function) {
            ObjectNode output = JsonNodeFactory.instance.objectNode();
            output.set("Tags", function.tagsJson());
            return output;
        }
    }

    private JsonNode settings(ObjectNode input, CallContext context) {
        int reserved = catalog.functions().values().stream()
                .mapToInt(StoredFunction::reserved)
                .filter(number -> number != StoredFunction.UNRESERVED)
                .sum();
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        output.putObject("AccountLimit")
                .put("TotalCodeSize", 80_530_636_800L)
                .put("CodeSizeUnzipped", 262_144_000L)
                .put("CodeSizeZipped", 52_428_800L)
                .put("ConcurrentExecutions", ACCOUNT_CONCURRENCY)
                .put("UnreservedConcurrentExecutions", ACCOUNT_CONCURRENCY - reserved);
        output.putObject("AccountUsage")
                .put(
                        "TotalCodeSize",
                        catalog.functions().values().stream()
                                .mapToLong(function -> function.latest().code().size())
                                .sum())
                .put("FunctionCount", catalog.functions().size());
        return output;
    }

    private StoredFunction tagged(ObjectNode input) {
        return catalog.function(FunctionReference.of(input.path("Resource").asText(), ""));
    }
}
