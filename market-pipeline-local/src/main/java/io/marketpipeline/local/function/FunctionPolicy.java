package io.marketpipeline.local.function;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The resource policy of a function, version or alias: its statements by id. Changed under the function's lock. */
final class FunctionPolicy {
    private final Map<String, ObjectNode> statements = new LinkedHashMap<>();
    private volatile String text = "";
    private volatile String revision = "";

    boolean has(String statementId) {
        return statements.containsKey(statementId);
    }

    boolean isEmpty() {
        return statements.isEmpty();
    }

    void put(String statementId, ObjectNode statement) {
        statements.put(statementId, statement);
        changed();
    }

    boolean remove(String statementId) {
        boolean removed = statements.remove(statementId) != null;
        changed();
        return removed;
    }

    /** The policy document. */
    String text() {
        return text;
    }

    String revision() {
        return revision;
    }

    private void changed() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("Version", "2012-10-17").put("Id", "default");
        statements.values().forEach(document.putArray("Statement")::add);
        text = document.toString();
        revision = UUID.randomUUID().toString();
    }
}
