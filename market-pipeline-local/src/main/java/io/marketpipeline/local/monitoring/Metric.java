package io.marketpipeline.local.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.Json;
import java.util.Map;
import java.util.TreeMap;

/**
 * The identity of a metric: two with other dimensions are two metrics.
 *
 * @param dimensions by name, in order
 */
record Metric(String namespace, String name, Map<String, String> dimensions) {
    private static final int MOST_DIMENSIONS = 30;

    /** Reads {@code MetricName} and {@code Dimensions} of a request. */
    static Metric of(String namespace, JsonNode input) {
        Map<String, String> dimensions = new TreeMap<>();
        input.path("Dimensions")
                .forEach(dimension -> dimensions.put(
                        dimension.path("Name").asText(), dimension.path("Value").asText()));
        if (dimensions.size() > MOST_DIMENSIONS) {
            throw AwsError.of("InvalidParameterValueException", "A metric has at most 30 dimensions");
        }
        return new Metric(
                namespace, Json.required(input, "MetricName", "MissingRequiredParameterException"), dimensions);
    }

    ObjectNode describe() {
        ObjectNode output = Json.object().put("Namespace", namespace).put("MetricName", name);
        output.putArray("Dimensions");
        dimensions.forEach((key, value) -> output.withArrayProperty("Dimensions")
                .addObject()
                .put("Name", key)
                .put("Value", value));
        return output;
    }
}
