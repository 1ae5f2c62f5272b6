package io.marketpipeline.local.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.Operation;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Aliases. */
final class AliasOperations {
    private final FunctionCatalog catalog;

    AliasOperations(FunctionCatalog catalog) {
        this.catalog = catalog;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "CreateAlias", this::create,
                "GetAlias", this::get,
                "UpdateAlias", this::update,
                "DeleteAlias", this::delete,
                "ListAliases", this::list);
    }

    private JsonNode create(ObjectNode input, CallContext context) {
        FunctionReference reference = FunctionReference.of(input);
        StoredFunction function = catalog.function(reference);
        String name = input.path("Name").asText();
        ObjectNode alias = JsonNodeFactory.instance.objectNode();
        alias.put("AliasArn", catalog.arn(reference.name()) + ":" + name).put("Name", name);
        alias.put("Description", "");
        synchronized (function) {
            apply(function, alias, input);
            if (function.aliases().putIfAbsent(name, alias) != null) {
                throw AwsError.of(
                        "ResourceConflictException",
                        "Alias already exists: " + alias.path("AliasArn").asText(),
                        409);
            }
        }
        return alias;
    }

    private JsonNode get(ObjectNode input, CallContext context) {
        return found(catalog.function(FunctionReference.of(input)), input);
    }

    private JsonNode update(ObjectNode input, CallContext context) {
        StoredFunction function = catalog.function(FunctionReference.of(input));
        synchronized (function) {
            ObjectNode alias = found(function, input).deepCopy();
            FunctionOperations.checkRevision(alias, input);
            apply(function, alias, input);
            function.aliases().put(alias.path("Name").asText(), alias);
            return alias;
        }
    }

    private JsonNode delete(ObjectNode input, CallContext context) {
        StoredFunction function = catalog.function(FunctionReference.of(input));
        String name = input.path("Name").asText();
        synchronized (function) {
            function.aliases().remove(name);
            function.policies().remove(name);
            function.invokeConfigs().remove(name);
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode list(ObjectNode input, CallContext context) {
        StoredFunction function = catalog.function(FunctionReference.of(input));
        String version = input.path("FunctionVersion").asText();
        List<ObjectNode> aliases = function.aliases().values().stream()
                .filter(alias -> version.isEmpty()
                        || version.equals(alias.path("FunctionVersion").asText()))
                .toList();
        return Pages.of(input, aliases, "Aliases", "Marker", "NextMarker", 50);
    }

    private ObjectNode found(StoredFunction function, ObjectNode input) {
        String name = input.path("Name").asText();
        ObjectNode alias = function.aliases().get(name);
        if (alias == null) {
            throw AwsError.of(
                    "ResourceNotFoundException",
                    "Cannot find alias arn: " + catalog.arn(function.name()) + ":" + name,
                    404);
        }
        return alias;
    }

    private void apply(StoredFunction function, ObjectNode alias, ObjectNode input) {
        String version = input.path("FunctionVersion")
                .asText(alias.path("FunctionVersion").asText());
        if (FunctionCatalog.find(function, version) == null) {
            throw catalog.notFound(new FunctionReference(function.name(), version));
        }
        alias.put("FunctionVersion", version);
        if (input.hasNonNull("Description")) {
            alias.set("Description", input.get("Description"));
        }
        if (input.hasNonNull("RoutingConfig")) {
            alias.set("RoutingConfig", input.get("RoutingConfig"));
        }
        alias.put("RevisionId", UUID.randomUUID().toString());
    }
}
