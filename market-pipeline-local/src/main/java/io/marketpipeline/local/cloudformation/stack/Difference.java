package io.marketpipeline.local.cloudformation.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A value that differs between two trees. Immutable.
 *
 * @param path names and indexes with a slash before each
 * @param before missing if only {@code after} has it
 * @param after missing if only {@code before} has it
 */
record Difference(String path, JsonNode before, JsonNode after) {

    /** Everything that differs, as deep as the shapes agree; objects by name, arrays of equal length by index. */
    static List<Difference> between(JsonNode before, JsonNode after) {
        List<Difference> found = new ArrayList<>();
        compare("", before, after, found);
        return found;
    }

    private static void compare(String path, JsonNode before, JsonNode after, List<Difference> found) {
        if (before.equals(after)) {
            return;
        }
        if (before instanceof ObjectNode && after instanceof ObjectNode) {
            Set<String> names = new LinkedHashSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(path + "/" + name, before.path(name), after.path(name), found));
        } else if (before.isArray() && after.isArray() && before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                compare(path + "/" + i, before.get(i), after.get(i), found);
            }
        } else {
            found.add(new Difference(path, present(before), present(after)));
        }
    }

    private static JsonNode present(JsonNode node) {
        return node.isNull() ? MissingNode.getInstance() : node;
    }
}
