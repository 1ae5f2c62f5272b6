package io.marketpipeline.local.cloudformation.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.cloudformation.resource.ResourceFailure;
import io.marketpipeline.local.cloudformation.resource.ResourceSchema;
import io.marketpipeline.local.cloudformation.stack.ResourceDrift.Status;
import io.marketpipeline.local.cloudformation.stack.ResourceDrift.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a stack's resources really are, for a drift-aware deployment: it compares them, and not the last template, with the
 * new one. Properties that can't be read or changed, and tags of others, count as deployed. Immutable.
 */
public final class ActualState {
    /** Nothing was looked at: all is as it was deployed. */
    static final ActualState AS_DEPLOYED = new ActualState(Map.of());

    private static final String TAGS = "Tags";

    private final Map<String, ResourceDrift> drifts;

    private ActualState(Map<String, ResourceDrift> drifts) {
        this.drifts = drifts;
    }

    /** Looks at all resources; one whose service refuses counts as deployed. */
    public static ActualState of(Stack stack, DriftDetection detection) {
        Map<String, ResourceDrift> drifts = new LinkedHashMap<>();
        for (StackResource resource : stack.resources()) {
            try {
                drifts.put(resource.logicalId(), detection.of(stack, resource));
            } catch (ResourceFailure e) {
                // AWS compares templates, too, where it can't read a resource.
            }
        }
        return new ActualState(drifts);
    }

    /** AWS's drift status of the whole. */
    public String driftStatus() {
        return drifts.values().stream().anyMatch(drift -> drift.status().drifted()) ? "DRIFTED" : "IN_SYNC";
    }

    /** What was found of a resource; empty where nobody looked. */
    Optional<ResourceDrift> drift(String logicalId) {
        return Optional.ofNullable(drifts.get(logicalId));
    }

    /** Whether a resource that the stack has was deleted past it. */
    boolean gone(StackResource recorded) {
        return has(recorded, Status.DELETED);
    }

    /** Whether a resource has other values than those that were deployed. */
    boolean modified(StackResource recorded) {
        return has(recorded, Status.MODIFIED);
    }

    /** The resource with the values that it really has. */
    StackResource of(StackResource recorded) {
        return drift(recorded.logicalId())
                .filter(drift -> drift.status() == Status.MODIFIED)
                .map(drift -> recorded.withProperties(properties(recorded, drift)))
                .orElse(recorded);
    }

    private static ObjectNode properties(StackResource recorded, ResourceDrift drift) {
        Set<String> immutable = ResourceSchema.of(recorded.type()).orElseThrow().createOnly();
        ObjectNode properties = recorded.properties().deepCopy();
        for (Value value : drift.differences()) {
            String name = value.path().split("/", -1)[1];
            JsonNode actual = drift.actual().path(name);
            if (immutable.contains(name)) {
                continue;
            }
            if (actual.isMissingNode() || actual.isNull()) {
                properties.remove(name);
            } else {
                properties.set(
                        name, name.equals(TAGS) ? ownTags(recorded.properties().path(name), actual) : actual);
            }
        }
        return properties;
    }

    /** Gives a stack its resources as they were deployed again, where a deployment took the actual ones and failed. */
    void recordAgain(Stack stack) {
        drifts.values().stream()
                .filter(drift -> drift.status() == Status.MODIFIED)
                .map(ResourceDrift::resource)
                .forEach(recorded -> stack.resource(recorded.logicalId())
                        .ifPresent(now -> stack.keep(recorded.withStatus(now.status(), now.reason()))));
    }

    private boolean has(StackResource recorded, Status status) {
        return drift(recorded.logicalId())
                .filter(drift -> drift.status() == status)
                .isPresent();
    }

    /** Of the actual tags, those whose keys the template has. */
    private static JsonNode ownTags(JsonNode recorded, JsonNode actual) {
        ArrayNode own = JsonNodeFactory.instance.arrayNode();
        for (JsonNode tag : recorded) {
            for (JsonNode other : actual) {
                if (tag.path("Key").equals(other.path("Key"))) {
                    own.add(other);
                }
            }
        }
        return own;
    }
}
