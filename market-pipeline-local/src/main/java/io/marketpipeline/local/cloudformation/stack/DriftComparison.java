package io.marketpipeline.local.cloudformation.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares a resource's expected properties with its actual ones, as drift detection does: only what the template says is
 * looked at, the order of lists doesn't matter, and neither does how a number or JSON text is written. Not thread-safe.
 */
final class DriftComparison {
    /** Members that tell the elements of a list apart. */
    private static final List<String> KEYS =
            List.of("Key", "IndexName", "AttributeName", "PolicyName", "Id", "Sid", "Name", "FunctionVersion");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<ResourceDrift.Value> found = new ArrayList<>();

    private DriftComparison() {}

    /**
     * Everything that differs.
     *
     * @param schema of the properties, as JSON schema: where it names no members, such as in a map of variables or a policy,
     *     additional ones count, too
     */
    static List<ResourceDrift.Value> of(ObjectNode expected, ObjectNode actual, JsonNode schema) {
        DriftComparison comparison = new DriftComparison();
        expected.properties()
                .forEach(entry -> comparison.compare(
                        "/" + entry.getKey(),
                        entry.getValue(),
                        actual.path(entry.getKey()),
                        schema.path(entry.getKey())));
        return List.copyOf(comparison.found);
    }

    private void compare(String path, JsonNode expected, JsonNode actual, JsonNode schema) {
        if (same(expected, actual)) {
            return;
        }
        JsonNode wanted = parsed(expected, actual);
        JsonNode is = parsed(actual, expected);
        if (is.isMissingNode() || is.isNull()) {
            add(path, wanted, MissingNode.getInstance(), ResourceDrift.Type.REMOVE);
        } else if (wanted instanceof ObjectNode && is instanceof ObjectNode) {
            objects(path, wanted, is, schema);
        } else if (wanted.isArray() && is.isArray()) {
            arrays(path, wanted, is, schema.path("items"));
        } else {
            add(path, expected, actual, ResourceDrift.Type.NOT_EQUAL);
        }
    }

    private void objects(String path, JsonNode expected, JsonNode actual, JsonNode schema) {
        JsonNode known = schema.path("properties");
        expected.properties()
                .forEach(entry -> compare(
                        path + "/" + entry.getKey(),
                        entry.getValue(),
                        actual.path(entry.getKey()),
                        known.path(entry.getKey())));
        if (known.isEmpty()) {
            for (Map.Entry<String, JsonNode> entry : actual.properties()) {
                if (!expected.has(entry.getKey())) {
                    add(
                            path + "/" + entry.getKey(),
                            MissingNode.getInstance(),
                            entry.getValue(),
                            ResourceDrift.Type.ADD);
                }
            }
        }
    }

    private void arrays(String path, JsonNode expected, JsonNode actual, JsonNode schema) {
        List<Integer> rest = new ArrayList<>();
        for (int i = 0; i < actual.size(); i++) {
            rest.add(i);
        }
        List<Integer> unmatched = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            int index = i;
            JsonNode element = expected.get(i);
            Optional<Integer> match = rest.stream()
                    .filter(other -> same(element, actual.get(other)) || holds(element, actual.get(other)))
                    .findFirst();
            match.ifPresentOrElse(rest::remove, () -> unmatched.add(index));
        }
        for (int i : unmatched) {
            int partner = partner(expected.get(i), actual, rest);
            if (partner < 0) {
                add(path + "/" + i, expected.get(i), MissingNode.getInstance(), ResourceDrift.Type.REMOVE);
            } else {
                rest.remove(Integer.valueOf(partner));
                compare(path + "/" + i, expected.get(i), actual.get(partner), schema);
            }
        }
        rest.forEach(i -> add(path + "/" + i, MissingNode.getInstance(), actual.get(i), ResourceDrift.Type.ADD));
    }

    /** Whether the actual value has all that the expected one says. */
    private static boolean holds(JsonNode expected, JsonNode actual) {
        if (!(expected instanceof ObjectNode) || !(actual instanceof ObjectNode)) {
            return false;
        }
        return expected.properties().stream().allMatch(entry -> same(entry.getValue(), actual.path(entry.getKey())));
    }

    private static int partner(JsonNode expected, JsonNode actual, List<Integer> rest) {
        for (String key : KEYS) {
            if (expected.hasNonNull(key)) {
                return rest.stream()
                        .filter(i -> same(expected.path(key), actual.get(i).path(key)))
                        .findFirst()
                        .orElse(-1);
            }
        }
        return expected.isObject() && rest.size() == 1 ? rest.get(0) : -1;
    }

    private void add(String path, JsonNode expected, JsonNode actual, ResourceDrift.Type type) {
        found.add(new ResourceDrift.Value(path, expected, actual, type));
    }

    private static boolean same(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue()) == 0;
        }
        if (one.isValueNode() && other.isValueNode() && !one.isNull() && !other.isNull()) {
            return one.asText().equals(other.asText()) || json(one).equals(json(other));
        }
        return one.equals(other);
    }

    /** JSON text as what it says, where the other side has that. */
    private static JsonNode parsed(JsonNode node, JsonNode other) {
        return node.isTextual() && other.isContainerNode() ? json(node) : node;
    }

    private static JsonNode json(JsonNode node) {
        String text = node.asText();
        if (!node.isTextual() || !(text.startsWith("{") || text.startsWith("["))) {
            return node;
        }
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return node;
        }
    }
}
