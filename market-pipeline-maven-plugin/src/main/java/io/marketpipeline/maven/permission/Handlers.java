package io.marketpipeline.maven.permission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;

/**
 * What CloudFormation does to resources with the caller's credentials: the permissions of the handlers in AWS's own resource
 * schemas, less those for features that the templates don't use. A test compares both lists with the schemas. Immutable.
 */
final class Handlers {
    private final JsonNode types;

    private Handlers(JsonNode types) {
        this.types = types;
    }

    static Handlers read() {
        try (InputStream in = Handlers.class.getResourceAsStream("handlers.json")) {
            return new Handlers(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All types that are known. */
    Set<String> types() {
        Set<String> names = new TreeSet<>();
        types.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Actions that the type's resources need, sorted. */
    Set<String> granted(String type) {
        return actions(type, "granted");
    }

    /** Actions of features that the templates don't use, sorted. */
    Set<String> left(String type) {
        return actions(type, "left");
    }

    private Set<String> actions(String type, String list) {
        Set<String> actions = new TreeSet<>();
        types.path(type).path(list).forEach(action -> actions.add(action.asText()));
        return actions;
    }
}
