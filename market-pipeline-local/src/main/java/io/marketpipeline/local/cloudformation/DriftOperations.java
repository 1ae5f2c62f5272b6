package io.marketpipeline.local.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.cloudformation.resource.ResourceFailure;
import io.marketpipeline.local.cloudformation.stack.DriftDetection;
import io.marketpipeline.local.cloudformation.stack.ResourceDrift;
import io.marketpipeline.local.cloudformation.stack.Stack;
import io.marketpipeline.local.cloudformation.stack.StackResource;
import io.marketpipeline.local.cloudformation.stack.Stacks;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Detects what was changed past CloudFormation. A detection takes milliseconds here, so it is complete when its first
 * status is asked for. Thread-safe.
 */
final class DriftOperations {
    private static final int PAGE = 100;

    /** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/detect-drift-stack.html */
    private static final Set<String> CHECKABLE = Set.of(
            "CREATE_COMPLETE",
            "UPDATE_COMPLETE",
            "UPDATE_ROLLBACK_COMPLETE",
            "UPDATE_ROLLBACK_FAILED",
            "IMPORT_COMPLETE",
            "IMPORT_ROLLBACK_COMPLETE");

    private final Stacks stacks;
    private final DriftDetection detection;
    private final Map<String, Detected> detections = new ConcurrentHashMap<>();

    /** @param failure why it failed; empty if it didn't */
    private record Detected(String id, Stack stack, String failure, Instant at) {}

    DriftOperations(Stacks stacks, DriftDetection detection) {
        this.stacks = stacks;
        this.detection = detection;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "DetectStackDrift", (input, context) -> detect(new Request(input)),
                "DescribeStackDriftDetectionStatus", (input, context) -> status(new Request(input)),
                "DescribeStackResourceDrifts", (input, context) -> drifts(new Request(input)));
    }

    private JsonNode detect(Request request) {
        Stack stack = stacks.get(request.required("StackName"));
        if (!CHECKABLE.contains(stack.status())) {
            throw AwsError.of(
                    "ValidationError",
                    "Drift detection cannot be performed on stack [" + stack.id() + "] while it is in " + stack.status()
                            + " state");
        }
        List<String> wanted = request.texts("LogicalResourceIds");
        String failure = "";
        List<ResourceDrift> found = new ArrayList<>();
        for (StackResource resource : stack.resources()) {
            if (wanted.isEmpty() || wanted.contains(resource.logicalId())) {
                try {
                    found.add(detection.of(stack, resource));
                } catch (ResourceFailure e) {
                    failure = "Failed to detect drift on resource [" + resource.logicalId() + "]: " + e.reason();
                }
            }
        }
        stack.drifts(found);
        String id = UUID.randomUUID().toString();
        detections.put(id, new Detected(id, stack, failure, Instant.now()));
        return Answers.object().put("StackDriftDetectionId", id);
    }

    private JsonNode status(Request request) {
        String id = request.required("StackDriftDetectionId");
        Detected detected = detections.get(id);
        if (detected == null) {
            throw AwsError.of("ValidationError", "Drift detection [" + id + "] does not exist");
        }
        ObjectNode json = Answers.object()
                .put("StackId", detected.stack().id())
                .put("StackDriftDetectionId", id)
                .put("StackDriftStatus", detected.stack().driftStatus())
                .put("DetectionStatus", detected.failure().isEmpty() ? "DETECTION_COMPLETE" : "DETECTION_FAILED")
                .put(
                        "DriftedStackResourceCount",
                        detected.stack().drifts().values().stream()
                                .filter(drift -> drift.status().drifted())
                                .count())
                .put("Timestamp", Answers.time(detected.at()));
        Answers.text(json, "DetectionStatusReason", detected.failure());
        return json;
    }

    private JsonNode drifts(Request request) {
        Stack stack = stacks.get(request.required("StackName"));
        List<String> wanted = request.texts("StackResourceDriftStatusFilters");
        List<ResourceDrift> found = stack.drifts().values().stream()
                .filter(drift ->
                        wanted.isEmpty() || wanted.contains(drift.status().name()))
                .toList();
        return Answers.page("StackResourceDrifts", found, request, PAGE, drift -> drift(stack, drift));
    }

    private static ObjectNode drift(Stack stack, ResourceDrift drift) {
        ObjectNode json = Answers.object()
                .put("StackId", stack.id())
                .put("LogicalResourceId", drift.resource().logicalId())
                .put("PhysicalResourceId", drift.resource().physicalId())
                .put("ResourceType", drift.resource().type())
                .put("StackResourceDriftStatus", drift.status().name())
                .put("Timestamp", Answers.time(drift.checkedAt()));
        if (drift.status() != ResourceDrift.Status.NOT_CHECKED) {
            json.put("ExpectedProperties", drift.expected().toString());
        }
        if (!drift.actual().isMissingNode() && drift.status() != ResourceDrift.Status.NOT_CHECKED) {
            json.put("ActualProperties", drift.actual().toString());
        }
        ArrayNode differences = json.putArray("PropertyDifferences");
        drift.differences().forEach(value -> differences
                .addObject()
                .put("PropertyPath", value.path())
                .put("ExpectedValue", text(value.expected()))
                .put("ActualValue", text(value.actual()))
                .put("DifferenceType", value.type().name()));
        return json;
    }

    /** AWS writes the side that is missing as {@code null}. */
    private static String text(JsonNode value) {
        if (value.isMissingNode()) {
            return "null";
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
