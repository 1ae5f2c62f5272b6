package io.marketpipeline.local.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.marketpipeline.local.cloudformation.template.Scope;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares evaluated properties with a type's schema, in AWS's words, and brings primitives to the schema's types: a
 * text {@code "30"} is a number where a number is wanted, as in AWS.
 *
 * @param properties the properties, with primitives of the schema's types
 * @param problems what is wrong; empty if nothing is
 */
public record PropertyCheck(ObjectNode properties, List<Problem> problems) {
    /**
     * One thing that is wrong.
     *
     * @param path where, such as {@code /Environment/Variables}; empty for the properties themselves
     * @param message what, without the place
     */
    public record Problem(String path, String message) {
        @Override
        public String toString() {
            return "#" + path + ": " + message;
        }
    }

    /** Checks the properties of a resource; values known only after the resource exists pass. */
    public static PropertyCheck of(ResourceSchema schema, ObjectNode properties) {
        List<Problem> problems = new ArrayList<>();
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        properties.properties().forEach(entry -> {
            String name = entry.getKey();
            if (schema.properties().has(name)) {
                result.set(
                        name,
                        value("/" + name, entry.getValue(), schema.properties().get(name), problems));
            } else if (schema.unsupported().contains(name)) {
                problems.add(new Problem("", "property [" + name + "] is not supported by the local endpoint"));
            } else {
                problems.add(new Problem("", "extraneous key [" + name + "] is not permitted"));
            }
        });
        schema.required().stream()
                .filter(name -> !properties.hasNonNull(name))
                .forEach(name -> problems.add(new Problem("", "required key [" + name + "] not found")));
        return new PropertyCheck(result, List.copyOf(problems));
    }

    /** AWS's sentence for a resource whose properties are wrong. */
    public String message(String logicalId) {
        return "Properties validation failed for resource " + logicalId + " with message:\n" + problems;
    }

    private static JsonNode value(String path, JsonNode value, JsonNode schema, List<Problem> problems) {
        JsonNode type = typeFor(value, schema.path("type"));
        if (!type.isTextual() || value.equals(Scope.KNOWN_AFTER_APPLY)) {
            return value;
        }
        Optional<JsonNode> typed =
                switch (type.asText()) {
                    case "object" ->
                        value instanceof ObjectNode node
                                ? Optional.of(object(path, node, schema, problems))
                                : Optional.empty();
                    case "array" ->
                        value instanceof ArrayNode node
                                ? Optional.of(array(path, node, schema, problems))
                                : Optional.empty();
                    default -> primitive(type.asText(), value);
                };
        if (typed.isEmpty()) {
            problems.add(new Problem(path, "expected type: " + typeName(type.asText()) + ", found: " + found(value)));
            return value;
        }
        if (schema.has("enum") && !isOneOf(typed.get(), schema.get("enum"))) {
            problems.add(new Problem(path, typed.get().asText() + " is not a valid enum value"));
        }
        range(path, typed.get(), schema, problems);
        return typed.get();
    }

    /** Of several types, the one that the value has; texts stay unchecked then, for they may be JSON. */
    private static JsonNode typeFor(JsonNode value, JsonNode types) {
        String own = value.isArray() ? "array" : "object";
        for (JsonNode type : types) {
            if (value.isContainerNode() && type.asText().equals(own)) {
                return type;
            }
        }
        return types;
    }

    private static JsonNode object(String path, ObjectNode value, JsonNode schema, List<Problem> problems) {
        JsonNode known = schema.path("properties");
        boolean closed = schema.has("additionalProperties");
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            String name = entry.getKey();
            if (known.has(name)) {
                result.set(name, value(path + "/" + name, entry.getValue(), known.get(name), problems));
            } else {
                result.set(name, entry.getValue());
                if (closed && !known.isEmpty()) {
                    problems.add(new Problem(path, "extraneous key [" + name + "] is not permitted"));
                }
            }
        }
        schema.path("required").forEach(name -> {
            if (!value.hasNonNull(name.asText())) {
                problems.add(new Problem(path, "required key [" + name.asText() + "] not found"));
            }
        });
        return result;
    }

    private static JsonNode array(String path, ArrayNode value, JsonNode schema, List<Problem> problems) {
        ArrayNode result = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < value.size(); i++) {
            result.add(value(path + "/" + i, value.get(i), schema.path("items"), problems));
        }
        return result;
    }

    private static Optional<JsonNode> primitive(String type, JsonNode value) {
        if (!value.isValueNode() || value.isNull()) {
            return Optional.empty();
        }
        String text = value.asText();
        return switch (type) {
            case "string" -> Optional.of(TextNode.valueOf(text));
            case "boolean" ->
                text.equals("true") || text.equals("false")
                        ? Optional.of(BooleanNode.valueOf(Boolean.parseBoolean(text)))
                        : Optional.empty();
            case "integer" -> text.matches("-?[0-9]{1,18}") ? Optional.of(integer(text)) : Optional.empty();
            case "number" -> number(text);
            default -> Optional.of(value);
        };
    }

    private static JsonNode integer(String text) {
        long value = Long.parseLong(text);
        return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
    }

    private static Optional<JsonNode> number(String text) {
        if (text.matches("-?[0-9]{1,18}")) {
            return Optional.of(integer(text));
        }
        try {
            return Optional.of(DecimalNode.valueOf(new BigDecimal(text)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isOneOf(JsonNode value, JsonNode allowed) {
        for (JsonNode one : allowed) {
            if (one.asText().equals(value.asText())) {
                return true;
            }
        }
        return false;
    }

    private static void range(String path, JsonNode value, JsonNode schema, List<Problem> problems) {
        if (!value.isNumber()) {
            return;
        }
        BigDecimal number = value.decimalValue();
        if (schema.has("minimum") && number.compareTo(schema.get("minimum").decimalValue()) < 0) {
            problems.add(new Problem(
                    path,
                    value.asText() + " is not greater or equal to "
                            + schema.get("minimum").asText()));
        }
        if (schema.has("maximum") && number.compareTo(schema.get("maximum").decimalValue()) > 0) {
            problems.add(new Problem(
                    path,
                    value.asText() + " is not less or equal to "
                            + schema.get("maximum").asText()));
        }
    }

    private static String typeName(String schemaType) {
        return switch (schemaType) {
            case "object" -> "JSONObject";
            case "array" -> "JSONArray";
            case "integer" -> "Integer";
            case "number" -> "Number";
            case "boolean" -> "Boolean";
            default -> "String";
        };
    }

    private static String found(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "JSONObject";
            case ARRAY -> "JSONArray";
            case NUMBER -> value.isIntegralNumber() ? "Integer" : "Number";
            case BOOLEAN -> "Boolean";
            case NULL -> "Null";
            default -> "String";
        };
    }
}
