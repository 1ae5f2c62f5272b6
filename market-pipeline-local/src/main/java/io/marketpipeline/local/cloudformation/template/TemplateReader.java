package io.marketpipeline.local.cloudformation.template;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads a template's text into a tree in which every intrinsic function has its long form. */
final class TemplateReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private TemplateReader() {}

    static ObjectNode read(String text) {
        JsonNode root = text.stripLeading().startsWith("{") ? json(text) : yaml(text);
        if (!(root instanceof ObjectNode object)) {
            throw new TemplateException("Template format error: unsupported structure.");
        }
        return object;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new TemplateException("Template format error: JSON not well-formed. (line %d, column %d)"
                    .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
        }
    }

    private static JsonNode yaml(String text) {
        try {
            Optional<Node> root =
                    new Compose(LoadSettings.builder().setLabel("template").build()).composeString(text);
            return root.map(TemplateReader::node).orElseGet(NODES::nullNode);
        } catch (MarkedYamlEngineException e) {
            throw notWellFormed(e.getProblemMark());
        } catch (YamlEngineException e) {
            throw new TemplateException("Template format error: YAML not well-formed. " + e.getMessage());
        }
    }

    private static JsonNode node(Node node) {
        String tag = node.getTag().getValue();
        JsonNode plain = plain(node);
        if (!tag.startsWith("!") || tag.length() == 1) {
            return plain;
        }
        String function = tag.substring(1);
        String longForm = function.equals("Ref") || function.equals("Condition") ? function : "Fn::" + function;
        return NODES.objectNode().set(longForm, function.equals("GetAtt") ? attributePath(plain) : plain);
    }

    /** The short form {@code !GetAtt Table.Arn} is a text, the long form a list of two. */
    private static JsonNode attributePath(JsonNode value) {
        if (!value.isTextual()) {
            return value;
        }
        String[] parts = value.textValue().split("\\.", 2);
        ArrayNode path = NODES.arrayNode();
        List.of(parts).forEach(path::add);
        return path;
    }

    private static JsonNode plain(Node node) {
        if (node instanceof MappingNode mapping) {
            return mapping(mapping);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = NODES.arrayNode();
            sequence.getValue().forEach(element -> array.add(node(element)));
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private static ObjectNode mapping(MappingNode mapping) {
        ObjectNode object = NODES.objectNode();
        for (NodeTuple entry : mapping.getValue()) {
            String key = ((ScalarNode) entry.getKeyNode()).getValue();
            if (object.has(key)) {
                throw notWellFormed(entry.getKeyNode().getStartMark());
            }
            object.set(key, node(entry.getValueNode()));
        }
        return object;
    }

    private static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return NODES.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return NODES.booleanNode(Boolean.parseBoolean(text));
        }
        if (tag.equals(Tag.INT)) {
            return integer(new BigInteger(text));
        }
        if (tag.equals(Tag.FLOAT)) {
            return NODES.numberNode(new BigDecimal(text));
        }
        return NODES.textNode(text);
    }

    private static JsonNode integer(BigInteger value) {
        return value.bitLength() < Integer.SIZE ? NODES.numberNode(value.intValue()) : NODES.numberNode(value);
    }

    private static TemplateException notWellFormed(Optional<Mark> mark) {
        return new TemplateException("Template format error: YAML not well-formed."
                + mark.map(m -> " (line %d, column %d)".formatted(m.getLine() + 1, m.getColumn() + 1))
                        .orElse(""));
    }
}
