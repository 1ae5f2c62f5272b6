package io.marketpipeline.local.queues;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Attributes of a queue that ElasticMQ can't hold. Guarded by its own lock. */
final class QueueSettings {
    /** Attributes that are kept here, since the engine refuses or forgets them. */
    static final Set<String> KEPT = Set.of(
            "KmsDataKeyReusePeriodSeconds",
            "KmsMasterKeyId",
            "MaximumMessageSize",
            "MessageRetentionPeriod",
            "Policy",
            "RedriveAllowPolicy",
            "SqsManagedSseEnabled");

    /** What AWS answers for a queue where nothing was said; the largest message is 1 MiB since August 2025. */
    private static final Map<String, String> DEFAULTS =
            Map.of("MaximumMessageSize", "1048576", "MessageRetentionPeriod", "345600", "SqsManagedSseEnabled", "true");

    private static final Map<String, List<Integer>> RANGES = Map.of(
            "KmsDataKeyReusePeriodSeconds", List.of(60, 86_400),
            "MaximumMessageSize", List.of(1024, 1_048_576),
            "MessageRetentionPeriod", List.of(60, 1_209_600));

    private final Map<String, String> values = new TreeMap<>(DEFAULTS);

    /** Takes over the kept ones of the given attributes; an empty value takes an attribute back. */
    synchronized void apply(JsonNode attributes) {
        attributes.properties().forEach(attribute -> {
            if (KEPT.contains(attribute.getKey())) {
                check(attribute.getKey(), attribute.getValue().asText());
            }
        });
        attributes.properties().forEach(attribute -> {
            String name = attribute.getKey();
            String value = attribute.getValue().asText();
            if (KEPT.contains(name) && value.isEmpty()) {
                values.remove(name);
            } else if (KEPT.contains(name)) {
                values.put(name, value);
                if (name.equals("KmsMasterKeyId")) {
                    values.put("SqsManagedSseEnabled", "false");
                }
            }
        });
    }

    /** Adds the asked-for ones to an answer. */
    synchronized void describe(Set<String> asked, ObjectNode attributes) {
        values.forEach((name, value) -> {
            if (asked.contains("All") || asked.contains(name)) {
                attributes.put(name, value);
            }
        });
    }

    /** Whether the queue has all the given attributes already. */
    synchronized boolean agrees(JsonNode attributes) {
        return attributes.properties().stream()
                .filter(attribute -> KEPT.contains(attribute.getKey()))
                .allMatch(
                        attribute -> attribute.getValue().asText().equals(values.getOrDefault(attribute.getKey(), "")));
    }

    private static void check(String name, String value) {
        List<Integer> range = RANGES.get(name);
        if (range != null
                && !(value.matches("[0-9]{1,9}")
                        && Integer.parseInt(value) >= range.get(0)
                        && Integer.parseInt(value) <= range.get(1))) {
            throw AwsError.of(
                    "InvalidAttributeValue",
                    "Invalid value for the parameter %s: '%s' is not within %s".formatted(name, value, range));
        }
    }
}
