package io.marketpipeline.local.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The tags of a role or policy. Thread-safe. */
final class Tags {
    private final Map<String, String> values = new ConcurrentSkipListMap<>();

    void put(JsonNode list) {
        list.forEach(
                tag -> values.put(tag.path("Key").asText(), tag.path("Value").asText()));
    }

    void remove(JsonNode keys) {
        keys.forEach(key -> values.remove(key.asText()));
    }

    ObjectNode describe(ObjectNode output) {
        output.putArray("Tags");
        values.forEach((key, value) ->
                output.withArrayProperty("Tags").addObject().put("Key", key).put("Value", value));
        return output;
    }
}
