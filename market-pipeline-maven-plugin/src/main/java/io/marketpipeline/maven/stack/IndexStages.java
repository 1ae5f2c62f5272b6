package io.marketpipeline.maven.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Splits changes of tables' indexes over several updates: DynamoDB makes or deletes one index of a table at a time, and
 * CloudFormation refuses a template that wants more.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
 */
final class IndexStages {
    private static final String TABLE = "AWS::DynamoDB::Table";
    private static final String INDEXES = "GlobalSecondaryIndexes";
    private static final String ATTRIBUTES = "AttributeDefinitions";
    private static final String THROUGHPUT = "ProvisionedThroughput";
    private static final List<String> REPLACING = List.of("TableName", "KeySchema", "LocalSecondaryIndexes");
    private static final List<String> IN_PLACE =
            List.of(THROUGHPUT, "OnDemandThroughput", "WarmThroughput", "ContributorInsightsSpecification");

    /**
     * An update before the wanted one.
     *
     * @param what it does, for the user
     * @param template the deployed one but for indexes
     */
    record Stage(String what, String template) {}

    private record Step(boolean create, String index) {
        String words() {
            return (create ? "make index " : "delete index ") + index;
        }
    }

    /** An index in a table, and whether it is the deployed one. */
    private record Index(Node node, boolean deployed) {}

    private final TemplateDocument deployed;
    private final TemplateDocument wanted;
    private final Map<String, List<Step>> steps = new LinkedHashMap<>();

    private IndexStages(TemplateDocument deployed, TemplateDocument wanted) {
        this.deployed = deployed;
        this.wanted = wanted;
        Map<String, String> before = deployed.types();
        wanted.types().forEach((id, type) -> {
            if (type.equals(TABLE) && TABLE.equals(before.get(id)) && staysItself(id)) {
                List<Step> ofTable = steps(id);
                if (ofTable.size() > 1) {
                    steps.put(id, ofTable);
                }
            }
        });
    }

    /** The updates that must come before the wanted one; none where one update is enough. */
    static List<Stage> before(TemplateDocument deployed, TemplateDocument wanted) {
        return new IndexStages(deployed, wanted).stages();
    }

    /** What a plan says of them. */
    static List<String> notes(TemplateDocument deployed, TemplateDocument wanted) {
        List<Stage> stages = before(deployed, wanted);
        return stages.isEmpty()
                ? List.of()
                : List.of("DynamoDB changes one index of a table at a time: a deploy makes " + (stages.size() + 1)
                        + " updates, one after the other ("
                        + stages.stream().map(Stage::what).collect(Collectors.joining("; ")) + "; then all else)");
    }

    private boolean staysItself(String id) {
        return REPLACING.stream().allMatch(property -> deployed.properties(id)
                .path(property)
                .equals(wanted.properties(id).path(property)));
    }

    /** New ones first, so that readers find one or the other; what changes its shape is gone for a while. */
    private List<Step> steps(String id) {
        Map<String, Node> before = indexes(deployed, id);
        Map<String, Node> after = indexes(wanted, id);
        List<Step> all = new ArrayList<>();
        after.keySet().stream()
                .filter(name -> !before.containsKey(name))
                .forEach(name -> all.add(new Step(true, name)));
        after.forEach((name, node) -> {
            if (before.containsKey(name) && !shape(before.get(name)).equals(shape(node))) {
                all.add(new Step(false, name));
                all.add(new Step(true, name));
            }
        });
        before.keySet().stream()
                .filter(name -> !after.containsKey(name))
                .forEach(name -> all.add(new Step(false, name)));
        return all;
    }

    private List<Stage> stages() {
        int count = steps.values().stream().mapToInt(List::size).max().orElse(1) - 1;
        List<Stage> stages = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            TemplateDocument template = deployed;
            List<String> what = new ArrayList<>();
            for (Map.Entry<String, List<Step>> table : steps.entrySet()) {
                List<Step> ofTable = table.getValue();
                int done = Math.min(i, ofTable.size() - 1);
                template = after(template, table.getKey(), ofTable.subList(0, done));
                if (done == i) {
                    what.add(table.getKey() + ": " + ofTable.get(i - 1).words());
                }
            }
            stages.add(new Stage(String.join(", ", what), template.text()));
        }
        return stages;
    }

    private TemplateDocument after(TemplateDocument template, String id, List<Step> done) {
        Map<String, Index> indexes = new LinkedHashMap<>();
        indexes(deployed, id).forEach((name, node) -> indexes.put(name, new Index(node, true)));
        Map<String, Node> fresh = indexes(wanted, id);
        for (Step step : done) {
            Node made = fresh.get(step.index());
            if (step.create() && made != null) {
                indexes.put(step.index(), new Index(billed(id, made), false));
            } else {
                indexes.remove(step.index());
            }
        }
        List<Node> nodes = indexes.values().stream().map(Index::node).toList();
        return template.with(
                        id,
                        INDEXES,
                        nodes.isEmpty()
                                ? Optional.empty()
                                : Optional.of(new SequenceNode(Tag.SEQ, nodes, FlowStyle.BLOCK)))
                .with(id, ATTRIBUTES, Optional.of(attributes(id, indexes.values())));
    }

    /** An index in the billing mode that the table has until the last update. */
    private Node billed(String id, Node index) {
        boolean provisioned = !deployed.properties(id)
                .path("BillingMode")
                .asText("PROVISIONED")
                .equals("PAY_PER_REQUEST");
        if (!(index instanceof MappingNode mapping)) {
            return index;
        }
        if (!provisioned) {
            return TemplateDocument.replaced(mapping, THROUGHPUT, Optional.empty());
        }
        return TemplateDocument.member(mapping, THROUGHPUT).isPresent()
                ? mapping
                : TemplateDocument.replaced(
                        mapping, THROUGHPUT, deployed.node(id, THROUGHPUT).map(TemplateDocument::copy));
    }

    /** Definitions of the attributes that keys use: DynamoDB refuses others. */
    private SequenceNode attributes(String id, Iterable<Index> indexes) {
        Set<String> ofDeployed = new LinkedHashSet<>(keys(deployed.properties(id)));
        deployed.properties(id).path("LocalSecondaryIndexes").forEach(index -> ofDeployed.addAll(keys(index)));
        Set<String> all = new LinkedHashSet<>(ofDeployed);
        for (Index index : indexes) {
            List<String> keys = keys(TemplateDocument.json(Optional.of(index.node())));
            all.addAll(keys);
            if (index.deployed()) {
                ofDeployed.addAll(keys);
            }
        }
        Map<String, Node> before = definitions(deployed, id);
        Map<String, Node> after = definitions(wanted, id);
        List<Node> nodes = new ArrayList<>();
        for (String name : all) {
            Node node = ofDeployed.contains(name) ? before.get(name) : after.get(name);
            if (node != null) {
                nodes.add(node);
            }
        }
        return new SequenceNode(Tag.SEQ, nodes, FlowStyle.BLOCK);
    }

    private static List<String> keys(JsonNode tableOrIndex) {
        List<String> names = new ArrayList<>();
        tableOrIndex
                .path("KeySchema")
                .forEach(key -> names.add(key.path("AttributeName").asText()));
        return names;
    }

    private static Map<String, Node> definitions(TemplateDocument template, String id) {
        return named(template.node(id, ATTRIBUTES), "AttributeName");
    }

    private static Map<String, Node> indexes(TemplateDocument template, String id) {
        return named(template.node(id, INDEXES), "IndexName");
    }

    private static Map<String, Node> named(Optional<Node> list, String nameProperty) {
        Map<String, Node> named = new LinkedHashMap<>();
        if (list.isPresent() && list.get() instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                named.put(
                        TemplateDocument.json(TemplateDocument.member(item, nameProperty))
                                .asText(),
                        item);
            }
        }
        return named;
    }

    private static JsonNode shape(Node index) {
        JsonNode shape = TemplateDocument.json(Optional.of(index));
        if (shape instanceof ObjectNode object) {
            object.remove(IN_PLACE);
        }
        return shape;
    }
}
