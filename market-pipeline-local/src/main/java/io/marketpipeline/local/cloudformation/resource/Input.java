package io.marketpipeline.local.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Builds an operation's input from a resource's properties. Not thread-safe. */
final class Input {
    private final ObjectNode properties;
    private final ObjectNode input = JsonNodeFactory.instance.objectNode();

    private Input(ObjectNode properties) {
        this.properties = properties;
    }

    static Input of(ObjectNode properties) {
        return new Input(properties);
    }

    static Input empty() {
        return new Input(JsonNodeFactory.instance.objectNode());
    }

    /** Members that are called as the properties are; those that aren't set are left out. */
    Input copy(String... names) {
        for (String name : names) {
            rename(name, name);
        }
        return this;
    }

    Input rename(String property, String member) {
        return put(member, properties.path(property));
    }

    Input put(String member, String value) {
        return put(member, TextNode.valueOf(value));
    }

    Input put(String member, JsonNode value) {
        if (!value.isMissingNode() && !value.isNull()) {
            input.set(member, value);
        }
        return this;
    }

    /** A property that is an object in the template and JSON text in the API, such as a policy. */
    Input json(String property, String member) {
        JsonNode value = properties.path(property);
        return put(member, value.isContainerNode() ? TextNode.valueOf(value.toString()) : value);
    }

    /** A member that is JSON text in the API and an object in the template. */
    Input parsed(String member, String property) {
        JsonNode value = properties.path(member);
        return value.isTextual() ? put(property, ResourceCalls.parsed(value.asText())) : put(property, value);
    }

    /** The tags as a list of keys and values. */
    Input tags(String member) {
        return properties.path("Tags").isEmpty() ? this : put(member, properties.path("Tags"));
    }

    /** The tags as a map. */
    Input tagMap(String member) {
        return properties.path("Tags").isEmpty() ? this : put(member, tagMap(properties));
    }

    static ObjectNode tagMap(ObjectNode properties) {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        properties
                .path("Tags")
                .forEach(tag ->
                        map.put(tag.path("Key").asText(), tag.path("Value").asText()));
        return map;
    }

    static ArrayNode list(JsonNode... elements) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : elements) {
            list.add(element);
        }
        return list;
    }

    static ArrayNode list(String element) {
        return list(TextNode.valueOf(element));
    }

    ObjectNode build() {
        return input;
    }
}
