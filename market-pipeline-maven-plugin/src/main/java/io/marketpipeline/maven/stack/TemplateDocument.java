package io.marketpipeline.maven.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A template's text as a tree that can be read and changed; functions in short form stay as they are. Immutable. */
final class TemplateDocument {
    private static final String RESOURCES = "Resources";
    private static final String PROPERTIES = "Properties";

    private final MappingNode root;

    private TemplateDocument(MappingNode root) {
        this.root = root;
    }

    /** The template of a text, YAML or JSON; without resources where it is neither. */
    static TemplateDocument of(String text) {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(8_388_608).build();
        Node node = new Compose(settings).composeString(text).orElse(null);
        return new TemplateDocument(
                node instanceof MappingNode mapping ? mapping : new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK));
    }

    /** Logical ids and types, in the order of the template. */
    Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        mapping(root, RESOURCES).ifPresent(resources -> resources
                .getValue()
                .forEach(entry -> types.put(
                        text(entry.getKeyNode()),
                        json(member(entry.getValueNode(), "Type")).asText(""))));
        return types;
    }

    /** A resource's attribute, such as {@code Properties} or {@code DeletionPolicy}; missing where there is none. */
    JsonNode attribute(String logicalId, String name) {
        return json(resource(logicalId).flatMap(resource -> member(resource, name)));
    }

    /** A resource's properties; missing where there are none. Functions read as text: {@code !Ref Table}. */
    JsonNode properties(String logicalId) {
        return attribute(logicalId, PROPERTIES);
    }

    /** A section of the template, such as {@code Parameters}; missing where there is none. */
    JsonNode section(String name) {
        return json(member(root, name));
    }

    /** A property as it stands in the template. */
    Optional<Node> node(String logicalId, String property) {
        return resource(logicalId)
                .flatMap(resource -> member(resource, PROPERTIES))
                .flatMap(properties -> member(properties, property));
    }

    /** The template with another value of a property; without the property where the value is empty. */
    TemplateDocument with(String logicalId, String property, Optional<Node> value) {
        MappingNode resources = mapping(root, RESOURCES).orElseThrow();
        MappingNode resource = mapping(resources, logicalId).orElseThrow();
        MappingNode properties = mapping(resource, PROPERTIES).orElseThrow();
        Node changed = replaced(properties, property, value);
        return new TemplateDocument(replaced(
                root,
                RESOURCES,
                Optional.of(replaced(
                        resources, logicalId, Optional.of(replaced(resource, PROPERTIES, Optional.of(changed)))))));
    }

    /** The template's text, in block style. */
    String text() {
        return written(root);
    }

    /** An equal node that is another object: the same one in two places would be written once, and as an alias. */
    static Node copy(Node node) {
        return new Compose(LoadSettings.builder().build())
                .composeString(written(node))
                .orElse(node);
    }

    private static String written(Node root) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setIndent(2)
                .setWidth(4096)
                .setSplitLines(false)
                .build();
        return new Present(settings)
                .emitToString(new Serialize(settings).serializeOne(root).iterator());
    }

    static MappingNode replaced(MappingNode mapping, String name, Optional<Node> value) {
        List<NodeTuple> tuples = new ArrayList<>();
        boolean found = false;
        for (NodeTuple tuple : mapping.getValue()) {
            if (!text(tuple.getKeyNode()).equals(name)) {
                tuples.add(tuple);
            } else {
                found = true;
                value.ifPresent(node -> tuples.add(new NodeTuple(tuple.getKeyNode(), node)));
            }
        }
        if (!found) {
            value.ifPresent(node -> tuples.add(new NodeTuple(
                    new ScalarNode(Tag.STR, name, org.snakeyaml.engine.v2.common.ScalarStyle.PLAIN), node)));
        }
        return new MappingNode(mapping.getTag(), tuples, FlowStyle.BLOCK);
    }

    static Optional<Node> member(Node node, String name) {
        if (!(node instanceof MappingNode mapping)) {
            return Optional.empty();
        }
        return mapping.getValue().stream()
                .filter(tuple -> text(tuple.getKeyNode()).equals(name))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    static JsonNode json(Optional<Node> node) {
        return node.map(TemplateDocument::json).orElse(MissingNode.getInstance());
    }

    private Optional<MappingNode> resource(String logicalId) {
        return mapping(root, RESOURCES).flatMap(resources -> mapping(resources, logicalId));
    }

    private static Optional<MappingNode> mapping(Node parent, String name) {
        return member(parent, name).filter(MappingNode.class::isInstance).map(MappingNode.class::cast);
    }

    private static JsonNode json(Node node) {
        if (node instanceof MappingNode mapping) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            mapping.getValue().forEach(tuple -> object.set(text(tuple.getKeyNode()), json(tuple.getValueNode())));
            return object;
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            sequence.getValue().forEach(item -> array.add(json(item)));
            return array;
        }
        String text = text(node);
        if (node.getTag().equals(Tag.BOOL)) {
            return BooleanNode.valueOf(Boolean.parseBoolean(text));
        }
        String tag = node.getTag().getValue();
        return TextNode.valueOf(tag.startsWith("!") ? tag + " " + text : text);
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }
}
