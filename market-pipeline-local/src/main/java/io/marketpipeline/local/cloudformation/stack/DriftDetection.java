package io.marketpipeline.local.cloudformation.stack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.cloudformation.resource.ResourceSchema;
import io.marketpipeline.local.cloudformation.resource.Resources;
import io.marketpipeline.local.cloudformation.stack.ResourceDrift.Status;
import io.marketpipeline.local.cloudformation.stack.ResourceDrift.Value;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Compares a stack's resources with what their services have. Reads only. Thread-safe. */
public final class DriftDetection {
    private final Resources resources;

    /** A detection through the services. */
    public DriftDetection(Resources resources) {
        this.resources = resources;
    }

    /**
     * Looks at one resource.
     *
     * @throws io.marketpipeline.local.cloudformation.resource.ResourceFailure if its service refuses
     */
    public ResourceDrift of(Stack stack, StackResource resource) {
        ObjectNode none = JsonNodeFactory.instance.objectNode();
        if (!resources.exists(resource.address(stack), resource.physicalId(), resource.properties())) {
            return new ResourceDrift(
                    resource,
                    Status.DELETED,
                    comparable(resource),
                    MissingNode.getInstance(),
                    List.of(),
                    Instant.now());
        }
        Optional<ObjectNode> live =
                resources.live(resource.address(stack), resource.physicalId(), resource.properties());
        if (live.isEmpty()) {
            return new ResourceDrift(resource, Status.NOT_CHECKED, none, none, List.of(), Instant.now());
        }
        ObjectNode expected = comparable(resource);
        List<Value> differences = DriftComparison.of(
                expected,
                live.get(),
                ResourceSchema.of(resource.type()).orElseThrow().properties());
        ObjectNode actual = none.deepCopy();
        expected.fieldNames().forEachRemaining(name -> {
            if (live.get().has(name)) {
                actual.set(name, live.get().get(name));
            }
        });
        return new ResourceDrift(
                resource,
                differences.isEmpty() ? Status.IN_SYNC : Status.MODIFIED,
                expected,
                actual,
                differences,
                Instant.now());
    }

    private static ObjectNode comparable(StackResource resource) {
        ObjectNode expected = resource.properties().deepCopy();
        expected.remove(Resources.writeOnly(resource.type()));
        return expected;
    }
}
