package io.marketpipeline.local.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.Json;
import io.marketpipeline.local.gateway.Operation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Tags by ARN. Thread-safe. */
final class ResourceTags {
    private final Map<String, Map<String, String>> tags = new ConcurrentHashMap<>();

    Map<String, Operation> operations() {
        return Map.of("TagResource", this::tag, "UntagResource", this::untag, "ListTagsForResource", this::list);
    }

    void add(String arn, JsonNode list) {
        list.forEach(
                tag -> of(arn).put(tag.path("Key").asText(), tag.path("Value").asText()));
    }

    void forget(String arn) {
        tags.remove(arn);
    }

    private JsonNode tag(ObjectNode input, CallContext context) {
        add(arn(input), input.path("Tags"));
        return Json.object();
    }

    private JsonNode untag(ObjectNode input, CallContext context) {
        input.path("TagKeys").forEach(key -> of(arn(input)).remove(key.asText()));
        return Json.object();
    }

    private JsonNode list(ObjectNode input, CallContext context) {
        ObjectNode output = Json.object();
        output.putArray("Tags");
        of(arn(input)).forEach((key, value) -> output.withArrayProperty("Tags")
                .addObject()
                .put("Key", key)
                .put("Value", value));
        return output;
    }

    private Map<String, String> of(String arn) {
        return tags.computeIfAbsent(arn, key -> new ConcurrentSkipListMap<>());
    }

    private static String arn(ObjectNode input) {
        return Json.required(input, "ResourceARN", "MissingRequiredParameterException");
    }
}
