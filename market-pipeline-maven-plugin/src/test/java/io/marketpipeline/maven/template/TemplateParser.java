package io.marketpipeline.maven.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a template's text as maps, lists and strings; a function reads as its tag and what stands behind it. */
final class TemplateParser {
    private TemplateParser() {}

    @SuppressWarnings("unchecked") // The root of a template is a map.
    static Map<String, Object> parse(String yaml) {
        return (Map<String, Object>) value(
                new Compose(LoadSettings.builder().build()).composeString(yaml).orElseThrow());
    }

    private static Object value(Node node) {
        if (node instanceof MappingNode mapping) {
            Map<String, Object> map = new LinkedHashMap<>();
            mapping.getValue()
                    .forEach(tuple ->
                            map.put(((ScalarNode) tuple.getKeyNode()).getValue(), value(tuple.getValueNode())));
            return map;
        }
        if (node instanceof SequenceNode sequence) {
            List<Object> list = new ArrayList<>();
            sequence.getValue().forEach(item -> list.add(value(item)));
            return list;
        }
        ScalarNode scalar = (ScalarNode) node;
        String tag = scalar.getTag().getValue();
        return tag.startsWith("!") ? tag + " " + scalar.getValue() : scalar.getValue();
    }
}
