package io.marketpipeline.local.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.ServiceCalls;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Keeps what the other services were asked, and answers as told, or with nothing. */
public final class FakeCalls implements ServiceCalls {
    private final Map<String, List<ObjectNode>> asked = new ConcurrentHashMap<>();
    private final Map<String, Function<ObjectNode, JsonNode>> answers = new ConcurrentHashMap<>();

    @Override
    public JsonNode call(String service, String operation, ObjectNode input) {
        String key = service + ":" + operation;
        asked.computeIfAbsent(key, unseen -> new CopyOnWriteArrayList<>()).add(input);
        return answers.getOrDefault(key, unseen -> JsonNodeFactory.instance.objectNode())
                .apply(input);
    }

    /** Answers an operation, {@code service:Operation}. */
    public FakeCalls on(String key, Function<ObjectNode, JsonNode> answer) {
        answers.put(key, answer);
        return this;
    }

    /** What an operation was asked until now. */
    public List<ObjectNode> asked(String key) {
        return asked.getOrDefault(key, List.of());
    }

    /** The sum of a metric's values that CloudWatch was given, over all dimensions of exactly one name. */
    public double metric(String name) {
        double sum = 0;
        for (ObjectNode call : asked("cloudwatch:PutMetricData")) {
            for (JsonNode datum : call.path("MetricData")) {
                if (datum.path("MetricName").asText().equals(name)
                        && datum.path("Dimensions").size() <= 1) {
                    for (int i = 0; i < datum.path("Values").size(); i++) {
                        sum += datum.path("Values").get(i).asDouble()
                                * datum.path("Counts").get(i).asDouble();
                    }
                }
            }
        }
        return sum;
    }
}
