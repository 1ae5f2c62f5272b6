package io.marketpipeline.local.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.EndpointSettings;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The functions of the endpoint by name, and what names and qualifiers stand for. Thread-safe. */
final class FunctionCatalog {
    private final EndpointSettings settings;
    private final Map<String, StoredFunction> functions = new ConcurrentSkipListMap<>();

    FunctionCatalog(EndpointSettings settings) {
        this.settings = settings;
    }

    Map<String, StoredFunction> functions() {
        return functions;
    }

    String arn(String name) {
        return settings.arn("lambda", "function:" + name);
    }

    String arn(FunctionReference reference) {
        return arn(reference.name()) + (reference.qualifier().isEmpty() ? "" : ":" + reference.qualifier());
    }

    /** The function of that name, or the API's error. */
    StoredFunction function(FunctionReference reference) {
        StoredFunction function = functions.get(reference.name());
        if (function == null) {
            throw notFound(reference);
        }
        return function;
    }

    /** The version that name and qualifier stand for, or the API's error; an alias with weights is drawn. */
    FunctionVersion version(FunctionReference reference) {
        FunctionVersion version = find(function(reference), reference.qualifier());
        if (version == null) {
            throw notFound(reference);
        }
        return version;
    }

    /** The version that a qualifier stands for; null if there is none. */
    static @Nullable FunctionVersion find(StoredFunction function, String qualifier) {
        if (qualifier.isEmpty() || qualifier.equals(FunctionVersion.LATEST)) {
            return function.latest();
        }
        ObjectNode alias = function.aliases().get(qualifier);
        String version = alias == null ? qualifier : drawn(alias);
        if (version.equals(FunctionVersion.LATEST)) {
            return function.latest();
        }
        return version.matches("[0-9]{1,18}") ? function.versions().get(Long.valueOf(version)) : null;
    }

    AwsError notFound(FunctionReference reference) {
        return AwsError.of("ResourceNotFoundException", "Function not found: " + arn(reference), 404);
    }

    private static String drawn(ObjectNode alias) {
        JsonNode weights = alias.path("RoutingConfig").path("AdditionalVersionWeights");
        double draw = ThreadLocalRandom.current().nextDouble();
        for (Map.Entry<String, JsonNode> weight : weights.properties()) {
            draw -= weight.getValue().asDouble();
            if (draw < 0) {
                return weight.getKey();
            }
        }
        return alias.path("FunctionVersion").asText();
    }
}
