package io.marketpipeline.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.TreeMap;

/** Turns the dotted names of an AWS Query form into a tree: {@code Tags.member.1.Key=a} is {@code {"Tags":[{"Key":"a"}]}}. */
final class FormReader {
    private FormReader() {}

    static ObjectNode read(Map<String, String> form) {
        ObjectNode raw = Json.object();
        form.forEach((name, value) -> put(raw, name.split("\\.", -1), value));
        ObjectNode result = Json.object();
        raw.properties().forEach(member -> {
            // SDKs write an empty list as an empty text; a text that is really empty reads the same when it is missing.
            if (!(member.getValue().isTextual() && member.getValue().asText().isEmpty())) {
                result.set(member.getKey(), shape(member.getValue()));
            }
        });
        return result;
    }

    private static void put(ObjectNode root, String[] path, String value) {
        ObjectNode node = root;
        for (int i = 0; i < path.length - 1; i++) {
            node = node.get(path[i]) instanceof ObjectNode child ? child : node.putObject(path[i]);
        }
        node.set(path[path.length - 1], TextNode.valueOf(value));
    }

    private static JsonNode shape(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        if (object.size() == 1 && object.get("member") instanceof ObjectNode members) {
            return list(members);
        }
        if (object.size() == 1 && object.get("entry") instanceof ObjectNode entries) {
            return map(entries);
        }
        ObjectNode result = Json.object();
        object.properties().forEach(member -> result.set(member.getKey(), shape(member.getValue())));
        return result;
    }

    private static ArrayNode list(ObjectNode numbered) {
        ArrayNode result = Json.MAPPER.createArrayNode();
        inOrder(numbered).values().forEach(item -> result.add(shape(item)));
        return result;
    }

    private static ObjectNode map(ObjectNode numbered) {
        ObjectNode result = Json.object();
        for (JsonNode entry : inOrder(numbered).values()) {
            JsonNode key = entry.has("key") ? entry.get("key") : entry.path("Name");
            JsonNode value = entry.has("value") ? entry.get("value") : entry.path("Value");
            result.set(key.asText(), value.isMissingNode() ? TextNode.valueOf("") : shape(value));
        }
        return result;
    }

    /** The elements of a numbered list, {@code {"1": .., "2": ..}}. */
    static Map<Integer, JsonNode> inOrder(JsonNode numbered) {
        Map<Integer, JsonNode> result = new TreeMap<>();
        for (Map.Entry<String, JsonNode> item : numbered.properties()) {
            try {
                result.put(Integer.valueOf(item.getKey()), item.getValue());
            } catch (NumberFormatException e) {
                throw AwsError.of("MalformedInput", "'" + item.getKey() + "' is no index of a list");
            }
        }
        return result;
    }
}
