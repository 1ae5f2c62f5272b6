package io.marketpipeline.maven.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Hides what nobody may read over a shoulder or in a pull request: values that look secret by their name. Immutable. */
final class Secrets {
    static final String HIDDEN = "(hidden)";

    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i).*(secret|passw|passphrase|token|credential|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?key).*");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> values;

    /**
     * Hides by name, and wherever one of the values turns up.
     *
     * @param values secret whatever they are called, such as those of parameters with {@code NoEcho}
     */
    Secrets(Collection<String> values) {
        this.values = values.stream().filter(value -> !value.isEmpty()).toList();
    }

    /** The value, or a word in its place; of a tree in JSON, the word in the place of each value that is secret. */
    String shown(String path, String value) {
        String name = path.substring(path.lastIndexOf('.') + 1);
        if (secret(name) || values.stream().anyMatch(value::contains)) {
            return HIDDEN;
        }
        return value.startsWith("{") || value.startsWith("[") ? inside(value) : value;
    }

    private static String inside(String tree) {
        try {
            JsonNode root = JSON.readTree(tree);
            return hide(root) ? root.toString() : tree;
        } catch (JsonProcessingException e) {
            return tree;
        }
    }

    /** Hides what is secret by its name, or by the key of its tag; says whether anything is. */
    private static boolean hide(JsonNode node) {
        boolean found = false;
        if (node instanceof ObjectNode object) {
            if (object.has("Value") && secret(object.path("Key").asText())) {
                object.put("Value", HIDDEN);
                found = true;
            }
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                if (secret(name)) {
                    object.put(name, HIDDEN);
                    found = true;
                }
            }
        }
        for (JsonNode child : node) {
            found = hide(child) || found;
        }
        return found;
    }

    private static boolean secret(String name) {
        return SECRET_NAME.matcher(name).matches();
    }
}
