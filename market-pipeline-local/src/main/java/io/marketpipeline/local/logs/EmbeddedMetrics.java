package io.marketpipeline.local.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.marketpipeline.local.metering.MetricBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes metrics out of log lines in the embedded metric format ("Specification: Embedded metric format" in the CloudWatch
 * user guide). A line that breaks the format carries no metrics, as in CloudWatch. Thread-safe.
 */
final class EmbeddedMetrics {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final MetricBuffer buffer;

    EmbeddedMetrics(MetricBuffer buffer) {
        this.buffer = buffer;
    }

    /** Looks at one message; costs next to nothing if it carries none. */
    void offer(String message) {
        if (!message.startsWith("{") || !message.contains("\"_aws\"") || !message.contains("\"CloudWatchMetrics\"")) {
            return;
        }
        try {
            JsonNode line = MAPPER.readTree(message);
            long timestamp = line.path("_aws").path("Timestamp").asLong(System.currentTimeMillis());
            for (JsonNode directive : line.path("_aws").path("CloudWatchMetrics")) {
                directive(line, directive, timestamp);
            }
        } catch (JsonProcessingException e) {
            // Not JSON after all: a log line like any other.
        }
    }

    private void directive(JsonNode line, JsonNode directive, long timestamp) {
        for (JsonNode dimensionSet : directive.path("Dimensions")) {
            Map<String, String> dimensions = new TreeMap<>();
            dimensionSet.forEach(name ->
                    dimensions.put(name.asText(), line.path(name.asText()).asText()));
            for (JsonNode metric : directive.path("Metrics")) {
                String name = metric.path("Name").asText();
                JsonNode values = line.path(name);
                if (values.isArray()) {
                    values.forEach(value -> add(directive, metric, dimensions, value, timestamp));
                } else {
                    add(directive, metric, dimensions, values, timestamp);
                }
            }
        }
    }

    private void add(
            JsonNode directive, JsonNode metric, Map<String, String> dimensions, JsonNode value, long timestamp) {
        if (value.isNumber()) {
            buffer.add(
                    directive.path("Namespace").asText(),
                    metric.path("Name").asText(),
                    metric.path("Unit").asText("None"),
                    dimensions,
                    value.asDouble(),
                    timestamp);
        }
    }
}
