package io.marketpipeline.local.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.cloudformation.stack.ChangeSet;
import io.marketpipeline.local.cloudformation.stack.ChangeSets;
import io.marketpipeline.local.cloudformation.stack.Plan;
import io.marketpipeline.local.cloudformation.stack.Stack;
import io.marketpipeline.local.cloudformation.stack.StackEvent;
import io.marketpipeline.local.cloudformation.stack.Stacks;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations that tell what happened. Thread-safe. */
final class EventOperations {
    private static final int PAGE = 100;

    private final Stacks stacks;
    private final ChangeSets changeSets;

    EventOperations(Stacks stacks, ChangeSets changeSets) {
        this.stacks = stacks;
        this.changeSets = changeSets;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "DescribeStackEvents", (input, context) -> stackEvents(new Request(input)),
                "DescribeEvents", (input, context) -> events(new Request(input)));
    }

    private JsonNode stackEvents(Request request) {
        Stack stack = stacks.find(request.required("StackName"))
                .orElseThrow(() ->
                        AwsError.of("ValidationError", "Stack [" + request.required("StackName") + "] does not exist"));
        return Answers.page("StackEvents", newestFirst(stack), request, PAGE, event -> Answers.event(stack, event));
    }

    private static List<StackEvent> newestFirst(Stack stack) {
        List<StackEvent> events = new ArrayList<>(stack.events());
        Collections.reverse(events);
        return events;
    }

    private JsonNode events(Request request) {
        boolean failedOnly =
                request.input().path("Filters").path("FailedEvents").asBoolean();
        Optional<String> changeSet = request.optional("ChangeSetName");
        if (changeSet.isPresent()) {
            ChangeSet set = changeSet(changeSet.get(), request);
            return Answers.page(
                    "OperationEvents", set.plan().problems(), request, PAGE, finding -> validation(set, finding));
        }
        Optional<String> operation = request.optional("OperationId");
        Stack stack = request.optional("StackName")
                .map(stacks::get)
                .or(() -> operation.flatMap(this::ofOperation))
                .orElseThrow(() -> AwsError.of(
                        "ValidationError", "One of ChangeSetName, OperationId or StackName must be specified"));
        List<StackEvent> found = newestFirst(stack).stream()
                .filter(event -> operation.map(event.operationId()::equals).orElse(true))
                .filter(event -> !failedOnly || event.failed())
                .toList();
        return Answers.page("OperationEvents", found, request, PAGE, event -> {
            ObjectNode json = Answers.event(stack, event);
            json.put("EventType", event.failed() ? "PROVISIONING_ERROR" : "PROGRESS");
            return json;
        });
    }

    private ChangeSet changeSet(String name, Request request) {
        Optional<ChangeSet> found = name.startsWith("arn:")
                ? changeSets.find(name)
                : changeSets.find(name, stacks.get(request.required("StackName")));
        return found.orElseThrow(
                () -> AwsError.of("ChangeSetNotFound", "ChangeSet [" + name + "] does not exist", 404));
    }

    private Optional<Stack> ofOperation(String operationId) {
        return stacks.all().stream()
                .filter(stack -> stack.events().stream()
                        .anyMatch(event -> event.operationId().equals(operationId)))
                .findFirst();
    }

    private static ObjectNode validation(ChangeSet set, Plan.Finding finding) {
        return Answers.object()
                .put("EventId", set.id() + finding.path())
                .put("StackId", set.stack().id())
                .put("OperationId", set.id())
                .put("OperationType", "CREATE_CHANGESET")
                .put("EventType", "VALIDATION_ERROR")
                .put("LogicalResourceId", finding.logicalId())
                .put("ResourceType", finding.type())
                .put("Timestamp", Answers.time(set.created()))
                .put("ValidationFailureMode", "FAIL")
                .put("ValidationName", finding.validation())
                .put("ValidationStatus", "FAILED")
                .put("ValidationStatusReason", finding.message())
                .put("ValidationPath", finding.path());
    }
}
