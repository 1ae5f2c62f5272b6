package io.marketpipeline.maven.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Writes properties as YAML in block style, functions in their short form. */
final class TemplateYaml {
    /** What reads as a string in YAML 1.1, too, which is CloudFormation's: no number, date, boolean or null. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./ ()>-]*(:[A-Za-z0-9_./:()>-]+)*");

    private static final Pattern RESERVED = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null|.* ");

    private TemplateYaml() {}

    static String write(Properties root) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setIndent(2)
                .setWidth(4096)
                .setSplitLines(false)
                .build();
        return new Present(settings)
                .emitToString(new Serialize(settings).serializeOne(node(root)).iterator());
    }

    private static Node node(Object value) {
        if (value instanceof Properties properties) {
            return mapping(properties.entries());
        }
        if (value instanceof Collection<?> items) {
            List<Node> nodes = new ArrayList<>();
            items.forEach(item -> nodes.add(node(item)));
            return new SequenceNode(Tag.SEQ, nodes, FlowStyle.BLOCK);
        }
        if (value instanceof Intrinsic intrinsic) {
            return new ScalarNode(new Tag(intrinsic.tag()), intrinsic.scalar(), ScalarStyle.PLAIN);
        }
        if (value instanceof Boolean) {
            return new ScalarNode(Tag.BOOL, value.toString(), ScalarStyle.PLAIN);
        }
        if (value instanceof Integer) {
            return new ScalarNode(Tag.INT, value.toString(), ScalarStyle.PLAIN);
        }
        if (value instanceof String text) {
            return new ScalarNode(Tag.STR, text, style(text));
        }
        throw new IllegalArgumentException("no YAML for " + value.getClass());
    }

    private static Node mapping(Map<String, Object> entries) {
        List<NodeTuple> tuples = new ArrayList<>();
        entries.forEach((key, value) -> tuples.add(new NodeTuple(node(key), node(value))));
        return new MappingNode(Tag.MAP, tuples, FlowStyle.BLOCK);
    }

    private static ScalarStyle style(String text) {
        if (text.contains("\n")) {
            return ScalarStyle.LITERAL;
        }
        boolean plain = PLAIN.matcher(text).matches() && !RESERVED.matcher(text).matches();
        return plain ? ScalarStyle.PLAIN : ScalarStyle.SINGLE_QUOTED;
    }
}
