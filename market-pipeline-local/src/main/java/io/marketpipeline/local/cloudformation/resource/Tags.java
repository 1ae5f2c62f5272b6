package io.marketpipeline.local.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.cloudformation.resource.ResourceDefinition.Change;

/** Changes of tags, in the ways that services take them. */
final class Tags {
    static final String PROPERTY = "Tags";

    private Tags() {}

    /** How a service names the resource in its tagging operations. */
    interface Target {
        Input of(ResourceCalls calls);
    }

    /** {@code tagOperation} takes a list of keys and values. */
    static Change list(String tagOperation, String untagOperation, Target target) {
        return (calls, before, after) -> {
            remove(calls, untagOperation, target, before, after);
            if (!after.path(PROPERTY).isEmpty()) {
                calls.call(tagOperation, target.of(calls).put(PROPERTY, after.path(PROPERTY)));
            }
        };
    }

    /** {@code tagOperation} takes a map, called {@code member}. */
    static Change map(String tagOperation, String untagOperation, String member, Target target) {
        return (calls, before, after) -> {
            remove(calls, untagOperation, target, before, after);
            ObjectNode tags = Input.tagMap(after);
            if (!tags.isEmpty()) {
                calls.call(tagOperation, target.of(calls).put(member, tags));
            }
        };
    }

    private static void remove(
            ResourceCalls calls, String operation, Target target, ObjectNode before, ObjectNode after) {
        ArrayNode gone = gone(before, after);
        if (!gone.isEmpty()) {
            String member = calls.service().equals("logs") ? "tagKeys" : "TagKeys";
            calls.call(operation, target.of(calls).put(member, gone));
        }
    }

    /** Tags that a service gives as a map, as a property has them. */
    static ArrayNode listed(JsonNode map) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        map.properties()
                .forEach(tag -> list.addObject().put("Key", tag.getKey()).set("Value", tag.getValue()));
        return list;
    }

    static ArrayNode gone(ObjectNode before, ObjectNode after) {
        ObjectNode kept = Input.tagMap(after);
        ArrayNode gone = JsonNodeFactory.instance.arrayNode();
        for (JsonNode tag : before.path(PROPERTY)) {
            if (!kept.has(tag.path("Key").asText())) {
                gone.add(tag.path("Key"));
            }
        }
        return gone;
    }
}
