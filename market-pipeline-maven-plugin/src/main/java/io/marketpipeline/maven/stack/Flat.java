package io.marketpipeline.maven.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** A tree of properties as paths and texts, so that two can be compared value by value. */
final class Flat {
    private static final String UNKNOWN_YET = "{{changeSet:KNOWN_AFTER_APPLY}}";

    private Flat() {}

    /** Paths are joined by dots; tags are told apart by their key, other list members by their place. */
    static Map<String, String> of(JsonNode tree) {
        Map<String, String> values = new TreeMap<>();
        collect("", tree, values);
        return values;
    }

    private static void collect(String path, JsonNode node, Map<String, String> values) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(entry -> collect(child(path, entry.getKey()), entry.getValue(), values));
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                JsonNode item = node.get(i);
                if (item.size() == 2 && item.has("Key") && item.has("Value")) {
                    collect(child(path, item.get("Key").asText()), item.get("Value"), values);
                } else {
                    collect(child(path, Integer.toString(i)), item, values);
                }
            }
        } else if (!node.isNull() && !node.isMissingNode() && !path.isEmpty()) {
            String text = node.isValueNode() ? node.asText() : node.toString();
            values.put(path, text.replace(UNKNOWN_YET, "(known after deploy)"));
        }
    }

    private static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
