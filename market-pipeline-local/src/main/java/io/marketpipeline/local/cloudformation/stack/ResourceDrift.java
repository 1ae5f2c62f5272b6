package io.marketpipeline.local.cloudformation.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * How a resource differs from what its stack's template says. Immutable.
 *
 * @param expected properties of the template that could be compared
 * @param actual the same properties as the service has them; missing where the resource is gone
 * @param differences one for each value; empty unless the status is {@link Status#MODIFIED}
 * @param checkedAt when it was looked at
 */
public record ResourceDrift(
        StackResource resource,
        Status status,
        ObjectNode expected,
        JsonNode actual,
        List<Value> differences,
        Instant checkedAt) {
    public ResourceDrift {
        differences = List.copyOf(differences);
    }

    /** AWS's drift statuses of a resource. */
    public enum Status {
        /** The service has what the template says. */
        IN_SYNC,
        /** It has something else. */
        MODIFIED,
        /** It has the resource no more. */
        DELETED,
        /** The type's drift isn't detected. */
        NOT_CHECKED;

        /** Whether somebody has changed the resource. */
        public boolean drifted() {
            return this == MODIFIED || this == DELETED;
        }
    }

    /** AWS's types of a difference. */
    public enum Type {
        /** The service has an element or key more. */
        ADD,
        /** It lacks one, or the whole property. */
        REMOVE,
        /** It has another value. */
        NOT_EQUAL
    }

    /**
     * One value that differs.
     *
     * @param path within the properties, such as {@code /Environment/Variables/LEVEL}
     * @param expected missing for {@link Type#ADD}
     * @param actual missing for {@link Type#REMOVE}
     */
    public record Value(String path, JsonNode expected, JsonNode actual, Type type) {}
}
