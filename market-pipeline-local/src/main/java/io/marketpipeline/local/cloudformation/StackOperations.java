package io.marketpipeline.local.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.cloudformation.stack.ChangeSets;
import io.marketpipeline.local.cloudformation.stack.Deployable;
import io.marketpipeline.local.cloudformation.stack.Engine;
import io.marketpipeline.local.cloudformation.stack.Engine.Kind;
import io.marketpipeline.local.cloudformation.stack.Plan;
import io.marketpipeline.local.cloudformation.stack.Planner;
import io.marketpipeline.local.cloudformation.stack.Stack;
import io.marketpipeline.local.cloudformation.stack.StackResource;
import io.marketpipeline.local.cloudformation.stack.Stacks;
import io.marketpipeline.local.cloudformation.template.ParameterValues;
import io.marketpipeline.local.cloudformation.template.Template;
import io.marketpipeline.local.cloudformation.template.TemplateException;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.Operation;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The operations on stacks and their resources. Thread-safe. */
final class StackOperations {
    private static final int PAGE = 100;
    private static final Set<String> NOT_UPDATABLE = Set.of(
            "ROLLBACK_COMPLETE",
            "ROLLBACK_FAILED",
            "UPDATE_ROLLBACK_FAILED",
            "DELETE_FAILED",
            "DELETE_COMPLETE",
            "REVIEW_IN_PROGRESS");

    private final Stacks stacks;
    private final ChangeSets changeSets;
    private final Planner planner;
    private final Engine engine;
    private final TemplateSource templates;

    StackOperations(Stacks stacks, ChangeSets changeSets, Planner planner, Engine engine, TemplateSource templates) {
        this.stacks = stacks;
        this.changeSets = changeSets;
        this.planner = planner;
        this.engine = engine;
        this.templates = templates;
    }

    Map<String, Operation> operations() {
        return Map.ofEntries(
                Map.entry("CreateStack", (input, context) -> create(new Request(input))),
                Map.entry("UpdateStack", (input, context) -> update(new Request(input))),
                Map.entry("DeleteStack", (input, context) -> delete(new Request(input))),
                Map.entry("DescribeStacks", (input, context) -> describe(new Request(input))),
                Map.entry("ListStacks", (input, context) -> list(new Request(input))),
                Map.entry("DescribeStackResources", (input, context) -> resources(new Request(input))),
                Map.entry("DescribeStackResource", (input, context) -> resource(new Request(input))),
                Map.entry("ListStackResources", (input, context) -> listResources(new Request(input))),
                Map.entry("UpdateTerminationProtection", (input, context) -> protect(new Request(input))),
                Map.entry("ContinueUpdateRollback", (input, context) -> continueRollback(new Request(input))),
                Map.entry("CancelUpdateStack", (input, context) -> cancel(new Request(input))));
    }

    /** Refuses a stack whose status allows no update, such as one whose creation was rolled back. */
    static void refuseUnlessUpdatable(Stack stack) {
        if (stack.busy() || NOT_UPDATABLE.contains(stack.status())) {
            throw AwsError.of(
                    "ValidationError",
                    "Stack:" + stack.id() + " is in " + stack.status() + " state and can not be updated.");
        }
    }

    private JsonNode create(Request request) {
        String name = request.required("StackName");
        Template template = templates.of(request, Optional.empty());
        TemplateSource.checkCapabilities(template, request.texts("Capabilities"));
        Deployable wanted = deployable(request, template, Map.of(), request.tags());
        Stack stack = stacks.create(name);
        stack.settings(new Stack.Settings(
                "",
                request.texts("Capabilities"),
                request.flag("EnableTerminationProtection"),
                request.onFailure("OnFailure"),
                request.flag("RetainExceptOnCreate")));
        try {
            planned(stack, wanted);
        } catch (RuntimeException e) {
            // Whatever failed: the name is free again.
            stacks.discard(stack);
            throw e;
        }
        engine.deploy(stack, wanted, Kind.CREATE, request.token());
        return Answers.object().put("StackId", stack.id());
    }

    private JsonNode update(Request request) {
        Stack stack = stacks.get(request.required("StackName"));
        refuseUnlessUpdatable(stack);
        Template template = templates.of(request, Optional.of(stack));
        TemplateSource.checkCapabilities(template, request.texts("Capabilities"));
        Map<String, String> previous =
                stack.deployed().map(Deployable::parameters).orElse(Map.of());
        Map<String, String> tags = request.has("Tags")
                ? request.tags()
                : stack.deployed().map(Deployable::tags).orElse(Map.of());
        Deployable wanted = deployable(request, template, previous, tags);
        if (planned(stack, wanted).empty()) {
            throw AwsError.of("ValidationError", "No updates are to be performed.");
        }
        stack.settings(new Stack.Settings(
                "",
                request.texts("Capabilities"),
                stack.settings().terminationProtection(),
                request.onFailure("OnStackFailure"),
                request.flag("RetainExceptOnCreate")));
        engine.deploy(stack, wanted, Kind.UPDATE, request.token());
        return Answers.object().put("StackId", stack.id());
    }

    private static Deployable deployable(
            Request request, Template template, Map<String, String> previous, Map<String, String> tags) {
        try {
            return new Deployable(template, ParameterValues.of(template, request.parameters(previous)), tags, Map.of());
        } catch (TemplateException e) {
            throw AwsError.of("ValidationError", e.message());
        }
    }

    private Plan planned(Stack stack, Deployable wanted) {
        try {
            Plan plan = planner.plan(stack, wanted, false);
            if (!plan.problems().isEmpty()) {
                throw AwsError.of("ValidationError", plan.problem());
            }
            return plan;
        } catch (TemplateException e) {
            throw AwsError.of("ValidationError", e.message());
        }
    }

    private JsonNode delete(Request request) {
        Optional<Stack> found = stacks.find(request.required("StackName"));
        if (found.isEmpty() || found.get().deleted().isPresent()) {
            return Answers.object();
        }
        Stack stack = found.get();
        if (stack.settings().terminationProtection()) {
            throw AwsError.of(
                    "ValidationError",
                    "Stack [" + stack.name() + "] cannot be deleted while TerminationProtection is enabled");
        }
        Set<String> retain = new HashSet<>(request.texts("RetainResources"));
        boolean failedBefore = stack.status().equals("DELETE_FAILED");
        if (!retain.isEmpty() && !failedBefore) {
            throw AwsError.of(
                    "ValidationError",
                    "Invalid operation on stack [" + stack.id()
                            + "]. RetainResources can be specified only for a stack in DELETE_FAILED state");
        }
        boolean force = request.optional("DeletionMode")
                .filter("FORCE_DELETE_STACK"::equals)
                .isPresent();
        if (force && !failedBefore) {
            throw AwsError.of(
                    "ValidationError",
                    "Invalid operation on stack [" + stack.id()
                            + "]. FORCE_DELETE_STACK can be specified only for a stack in DELETE_FAILED state");
        }
        engine.delete(stack, retain, force, request.token());
        changeSets.of(stack).forEach(changeSets::remove);
        return Answers.object();
    }

    private JsonNode describe(Request request) {
        Optional<String> name = request.optional("StackName");
        List<Stack> found = name.isPresent()
                ? List.of(stacks.get(name.get()))
                : stacks.all().stream()
                        .filter(stack -> stack.deleted().isEmpty())
                        .toList();
        return Answers.page("Stacks", found, request, PAGE, Answers::stack);
    }

    private JsonNode list(Request request) {
        List<String> wanted = request.texts("StackStatusFilter");
        List<Stack> found = stacks.all().stream()
                .filter(stack -> wanted.isEmpty() || wanted.contains(stack.status()))
                .toList();
        return Answers.page("StackSummaries", found, request, PAGE, Answers::summary);
    }

    private JsonNode resources(Request request) {
        Stack stack = request.has("StackName")
                ? stacks.get(request.required("StackName"))
                : ownerOf(request.required("PhysicalResourceId"));
        ObjectNode json = Answers.object();
        ArrayNode list = json.putArray("StackResources");
        stack.resources().stream()
                .filter(resource -> request.optional("LogicalResourceId")
                        .map(resource.logicalId()::equals)
                        .orElse(true))
                .forEach(resource -> list.add(
                        Answers.resource(stack, resource).put("Timestamp", Answers.time(resource.changedAt()))));
        return json;
    }

    private Stack ownerOf(String physicalId) {
        return stacks.all().stream()
                .filter(stack -> stack.deleted().isEmpty())
                .filter(stack -> stack.resources().stream()
                        .anyMatch(resource -> resource.physicalId().equals(physicalId)))
                .findFirst()
                .orElseThrow(() -> AwsError.of("ValidationError", "Stack for " + physicalId + " does not exist"));
    }

    private JsonNode resource(Request request) {
        Stack stack = stacks.get(request.required("StackName"));
        String id = request.required("LogicalResourceId");
        StackResource resource = stack.resource(id)
                .orElseThrow(() ->
                        AwsError.of("ValidationError", "Resource " + id + " does not exist for stack " + stack.name()));
        ObjectNode detail = Answers.resource(stack, resource)
                .put("LastUpdatedTimestamp", Answers.time(resource.changedAt()))
                .put("Metadata", resource.metadata().toString());
        return Answers.object().set("StackResourceDetail", detail);
    }

    private JsonNode listResources(Request request) {
        Stack stack = stacks.get(request.required("StackName"));
        return Answers.page(
                "StackResourceSummaries", stack.resources(), request, PAGE, resource -> Answers.checked(stack, resource)
                        .put("LastUpdatedTimestamp", Answers.time(resource.changedAt())));
    }

    private JsonNode protect(Request request) {
        Stack stack = stacks.get(request.required("StackName"));
        stack.settings(stack.settings().withTerminationProtection(request.flag("EnableTerminationProtection")));
        return Answers.object().put("StackId", stack.id());
    }

    private JsonNode continueRollback(Request request) {
        Stack stack = stacks.get(request.required("StackName"));
        engine.continueRollback(stack, new HashSet<>(request.texts("ResourcesToSkip")), request.token());
        return Answers.object();
    }

    private JsonNode cancel(Request request) {
        stacks.get(request.required("StackName")).cancel();
        return Answers.object();
    }
}
