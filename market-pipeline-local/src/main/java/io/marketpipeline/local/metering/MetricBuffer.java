package io.marketpipeline.local.metering;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.ServiceCalls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gathers values of metrics and sends them to CloudWatch as value-and-count lists, as {@code PutMetricData} takes them,
 * so that thousands of values a second cost one call. Each goes to its second: alarms look at the sixty seconds before now, so
 * that what went to the begin of its minute would leave them too soon, or before they saw it. Thread-safe.
 */
public final class MetricBuffer {
    private static final int MOST_VALUES = 150;
    private static final int MOST_DATA = 500;
    private static final long SECOND = 1000;

    private record Metric(String namespace, String name, String unit, Map<String, String> dimensions, long second) {}

    private final ServiceCalls calls;
    private Map<Metric, Map<Double, Long>> gathered = new HashMap<>();

    /** Creates an empty buffer that sends through {@code calls}. */
    public MetricBuffer(ServiceCalls calls) {
        this.calls = calls;
    }

    /**
     * Adds one value.
     *
     * @param unit a unit of CloudWatch's, such as {@code Count} or {@code Milliseconds}
     * @param timestamp milliseconds since the epoch
     */
    public synchronized void add(
            String namespace, String name, String unit, Map<String, String> dimensions, double value, long timestamp) {
        // A copy of an immutable map is the map itself, which matters at thousands of values a second.
        Metric metric = new Metric(namespace, name, unit, Map.copyOf(dimensions), Math.floorDiv(timestamp, SECOND));
        gathered.computeIfAbsent(metric, unseen -> new HashMap<>()).merge(value, 1L, Long::sum);
    }

    /** Adds one value of now. */
    public void add(String namespace, String name, String unit, Map<String, String> dimensions, double value) {
        add(namespace, name, unit, dimensions, value, System.currentTimeMillis());
    }

    /** Sends what was gathered since the last call. What CloudWatch refuses is dropped: metrics must not stop a service. */
    public void flush() {
        Map<Metric, Map<Double, Long>> batch;
        synchronized (this) {
            if (gathered.isEmpty()) {
                return;
            }
            batch = gathered;
            gathered = new HashMap<>();
        }
        Map<String, List<ObjectNode>> byNamespace = new TreeMap<>();
        batch.forEach((metric, values) -> byNamespace
                .computeIfAbsent(metric.namespace(), unseen -> new ArrayList<>())
                .addAll(data(metric, values)));
        byNamespace.forEach(this::send);
    }

    private void send(String namespace, List<ObjectNode> data) {
        for (int from = 0; from < data.size(); from += MOST_DATA) {
            List<ObjectNode> some = data.subList(from, Math.min(data.size(), from + MOST_DATA));
            if (!put(namespace, some)) {
                // One of them is bad, and CloudWatch refuses them together.
                some.forEach(datum -> put(namespace, List.of(datum)));
            }
        }
    }

    private boolean put(String namespace, List<ObjectNode> data) {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.put("Namespace", namespace);
        input.putArray("MetricData").addAll(data);
        try {
            calls.call("cloudwatch", "PutMetricData", input);
            return true;
        } catch (AwsError e) {
            return false;
        }
    }

    private static List<ObjectNode> data(Metric metric, Map<Double, Long> values) {
        List<ObjectNode> data = new ArrayList<>();
        ObjectNode datum = null;
        for (Map.Entry<Double, Long> value : values.entrySet()) {
            if (datum == null || datum.withArray("Values").size() == MOST_VALUES) {
                datum = datum(metric);
                data.add(datum);
            }
            datum.withArray("Values").add(value.getKey());
            datum.withArray("Counts").add(value.getValue().doubleValue());
        }
        return data;
    }

    private static ObjectNode datum(Metric metric) {
        ObjectNode datum = JsonNodeFactory.instance.objectNode();
        datum.put("MetricName", metric.name());
        datum.put("Unit", metric.unit());
        datum.put("Timestamp", metric.second());
        ArrayNode dimensions = datum.putArray("Dimensions");
        new TreeMap<>(metric.dimensions())
                .forEach((name, value) ->
                        dimensions.addObject().put("Name", name).put("Value", value));
        return datum;
    }
}
