package io.marketpipeline.local.cloudformation.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a change set would do to one resource. Immutable.
 *
 * @param logicalId its name in the template
 * @param physicalId empty if it doesn't exist yet
 * @param type such as {@code AWS::SQS::Queue}
 * @param replacement only for {@link Action#MODIFY}
 * @param details only for {@link Action#MODIFY}
 * @param policyAction what becomes of the old resource, such as {@code Retain}; empty if there is none
 * @param before properties and other attributes that it has; missing for a new one
 * @param after those that it would have; missing for one that is removed
 * @param actual what a drift-aware change set found; empty in others
 */
public record Change(
        Action action,
        String logicalId,
        String physicalId,
        String type,
        Optional<Replacement> replacement,
        List<Detail> details,
        String policyAction,
        JsonNode before,
        JsonNode after,
        Optional<Actual> actual) {

    /** What happens to the resource. */
    public enum Action {
        /** It is made. */
        ADD("Add"),
        /** It is changed, in place or by replacement. */
        MODIFY("Modify"),
        /** It leaves the stack. */
        REMOVE("Remove"),
        /** It exists and is taken over. */
        IMPORT("Import"),
        /** It was changed past CloudFormation to what the template now says; nothing happens to it. */
        SYNC_WITH_ACTUAL("SyncWithActual");

        private final String text;

        Action(String text) {
            this.text = text;
        }

        /** The word in AWS's answers. */
        public String text() {
            return text;
        }
    }

    /** Whether a change makes another physical resource. */
    public enum Replacement {
        /** It does. */
        TRUE("True"),
        /** It doesn't. */
        FALSE("False"),
        /** It depends on values that are known only while the change set is executed. */
        CONDITIONAL("Conditional");

        private final String text;

        Replacement(String text) {
            this.text = text;
        }

        /** The word in AWS's answers. */
        public String text() {
            return text;
        }
    }

    /**
     * What a drift-aware change set found of the resource.
     *
     * @param drift how it differs from what was deployed
     * @param deployed what was deployed, as {@code before}
     * @param ignored properties that can't be read back, and count as deployed
     */
    public record Actual(ResourceDrift drift, JsonNode deployed, Set<String> ignored) {}

    /**
     * One value that would change.
     *
     * @param attribute {@code Properties}, {@code Tags}, {@code Metadata}, {@code DeletionPolicy} or
     *     {@code UpdateReplacePolicy}
     * @param name of the property; empty for other attributes
     * @param path within the resource, such as {@code /Properties/Environment/Variables/LEVEL}
     * @param recreation {@code Never}, {@code Always} or {@code Conditionally}
     * @param dynamic whether the new value is known only while the change set is executed
     * @param before missing if there was none
     * @param after missing if there would be none
     */
    public record Detail(
            String attribute,
            String name,
            String path,
            String recreation,
            boolean dynamic,
            JsonNode before,
            JsonNode after) {
        /** {@code Add}, {@code Remove} or {@code Modify}. */
        public String changeType() {
            if (before.isMissingNode()) {
                return "Add";
            }
            return after.isMissingNode() ? "Remove" : "Modify";
        }
    }
}
