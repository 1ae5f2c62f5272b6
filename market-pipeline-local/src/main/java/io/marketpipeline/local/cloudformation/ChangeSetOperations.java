package io.marketpipeline.local.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.cloudformation.resource.ResourceSchema;
import io.marketpipeline.local.cloudformation.resource.Resources;
import io.marketpipeline.local.cloudformation.stack.ActualState;
import io.marketpipeline.local.cloudformation.stack.Change;
import io.marketpipeline.local.cloudformation.stack.ChangeSet;
import io.marketpipeline.local.cloudformation.stack.ChangeSets;
import io.marketpipeline.local.cloudformation.stack.Deployable;
import io.marketpipeline.local.cloudformation.stack.DriftDetection;
import io.marketpipeline.local.cloudformation.stack.Engine;
import io.marketpipeline.local.cloudformation.stack.Engine.Kind;
import io.marketpipeline.local.cloudformation.stack.Plan;
import io.marketpipeline.local.cloudformation.stack.Planner;
import io.marketpipeline.local.cloudformation.stack.Stack;
import io.marketpipeline.local.cloudformation.stack.Stacks;
import io.marketpipeline.local.cloudformation.template.ParameterValues;
import io.marketpipeline.local.cloudformation.template.Template;
import io.marketpipeline.local.cloudformation.template.TemplateException;
import io.marketpipeline.local.cloudformation.template.TemplateResource;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.EndpointSettings;
import io.marketpipeline.local.gateway.Operation;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The operations on change sets. A change set is complete when its creation is answered. Thread-safe. */
final class ChangeSetOperations {
    private static final String NO_CHANGES = "The submitted information didn't contain changes. "
            + "Submit different information to create a change set.";
    private static final int PAGE = 100;

    private final EndpointSettings settings;
    private final Stacks stacks;
    private final ChangeSets changeSets;
    private final Planner planner;
    private final Engine engine;
    private final TemplateSource templates;
    private final DriftDetection drifts;

    /** With which a change set was asked for, by its id: the same request again, after a lost answer, makes no other. */
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    ChangeSetOperations(
            EndpointSettings settings,
            Stacks stacks,
            ChangeSets changeSets,
            Planner planner,
            Engine engine,
            TemplateSource templates,
            DriftDetection drifts) {
        this.settings = settings;
        this.stacks = stacks;
        this.changeSets = changeSets;
        this.planner = planner;
        this.engine = engine;
        this.templates = templates;
        this.drifts = drifts;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "CreateChangeSet", (input, context) -> create(new Request(input)),
                "DescribeChangeSet", (input, context) -> describe(new Request(input)),
                "ExecuteChangeSet", (input, context) -> execute(new Request(input)),
                "DeleteChangeSet", (input, context) -> delete(new Request(input)),
                "ListChangeSets", (input, context) -> list(new Request(input)));
    }

    private JsonNode create(Request request) {
        String name = request.required("ChangeSetName");
        if (!name.matches("[a-zA-Z][-a-zA-Z0-9]{0,127}")) {
            throw AwsError.of(
                    "ValidationError",
                    "1 validation error detected: Value '" + name + "' at 'changeSetName' failed to satisfy "
                            + "constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*");
        }
        Optional<Stack> existing = stacks.find(request.required("StackName"));
        Optional<ChangeSet> sentAgain = existing.flatMap(stack -> changeSets.find(name, stack))
                .filter(set -> request.optional("ClientToken")
                        .filter(token -> token.equals(tokens.get(set.id())))
                        .isPresent());
        if (sentAgain.isPresent()) {
            return made(sentAgain.get());
        }
        Template template = templates.of(request, existing);
        TemplateSource.checkCapabilities(template, request.texts("Capabilities"));
        Map<String, String> previous =
                existing.flatMap(Stack::deployed).map(Deployable::parameters).orElse(Map.of());
        Map<String, String> parameters;
        try {
            parameters = ParameterValues.of(template, request.parameters(previous));
        } catch (TemplateException e) {
            throw AwsError.of("ValidationError", e.message());
        }
        Kind kind = kind(request.optional("ChangeSetType").orElse("UPDATE"));
        if (kind == Kind.IMPORT) {
            refuseOtherOutputs(template, existing);
        }
        boolean driftAware = driftAware(request, kind);
        Stack stack = stack(request.required("StackName"), name, kind, existing);
        Map<String, String> tags = request.has("Tags")
                ? request.tags()
                : stack.deployed().map(Deployable::tags).orElse(Map.of());
        Deployable wanted = new Deployable(template, parameters, tags, imports(request, template, kind));
        ChangeSet set = planned(
                request,
                name,
                stack,
                kind,
                wanted,
                driftAware ? Optional.of(ActualState.of(stack, drifts)) : Optional.empty());
        changeSets.add(set);
        request.optional("ClientToken").ifPresent(token -> tokens.put(set.id(), token));
        return made(set);
    }

    private static JsonNode made(ChangeSet set) {
        return Answers.object().put("Id", set.id()).put("StackId", set.stack().id());
    }

    /** Source: AWS's own error; outputs of imported resources come with a later update. */
    private static void refuseOtherOutputs(Template template, Optional<Stack> existing) {
        JsonNode before = existing.flatMap(Stack::deployed)
                .map(deployed -> deployed.template().section("Outputs"))
                .orElse(Answers.object());
        boolean others = template.section("Outputs").properties().stream()
                .anyMatch(output -> !output.getValue().equals(before.path(output.getKey())));
        if (others) {
            throw AwsError.of("ValidationError", "As part of the import operation, you cannot modify or add [Outputs]");
        }
    }

    private static Kind kind(String text) {
        try {
            return Kind.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw AwsError.of(
                    "ValidationError",
                    "1 validation error detected: Value '" + text
                            + "' at 'changeSetType' failed to satisfy constraint: "
                            + "Member must satisfy enum value set: [IMPORT, UPDATE, CREATE]");
        }
    }

    private Stack stack(String name, String changeSet, Kind kind, Optional<Stack> existing) {
        boolean inReview =
                existing.map(Stack::status).filter(Stack.REVIEW::equals).isPresent();
        if (kind == Kind.UPDATE || (kind == Kind.IMPORT && existing.isPresent() && !inReview)) {
            Stack stack = existing.filter(found -> found.deleted().isEmpty())
                    .orElseThrow(() -> AwsError.of("ValidationError", "Stack [" + name + "] does not exist"));
            StackOperations.refuseUnlessUpdatable(stack);
            return stack;
        }
        if (existing.isPresent() && !inReview) {
            throw AwsError.of(
                    "ValidationError",
                    "Stack [" + name + "] already exists and cannot be created again with the changeSet [" + changeSet
                            + "].");
        }
        return existing.orElseGet(() -> stacks.review(name));
    }

    /** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/drift-aware-change-sets.html */
    private static boolean driftAware(Request request, Kind kind) {
        Optional<String> mode = request.optional("DeploymentMode");
        if (mode.isPresent() && !mode.get().equals("REVERT_DRIFT")) {
            throw AwsError.of(
                    "ValidationError",
                    "1 validation error detected: Value '" + mode.get()
                            + "' at 'deploymentMode' failed to satisfy constraint: "
                            + "Member must satisfy enum value set: [REVERT_DRIFT]");
        }
        if (mode.isPresent() && kind != Kind.UPDATE) {
            throw AwsError.of("ValidationError", "DeploymentMode REVERT_DRIFT is only valid with ChangeSetType UPDATE");
        }
        return mode.isPresent();
    }

    private ChangeSet planned(
            Request request, String name, Stack stack, Kind kind, Deployable wanted, Optional<ActualState> actual) {
        boolean importExisting = request.flag("ImportExistingResources");
        Plan plan = new Plan(List.of(), false, List.of(), Map.of());
        String reason = "";
        try {
            plan = actual.isPresent()
                    ? planner.plan(stack, wanted, importExisting, actual.get())
                    : planner.plan(stack, wanted, importExisting);
            if (!plan.problems().isEmpty()) {
                reason = plan.problem();
            } else if (plan.empty()) {
                reason = NO_CHANGES;
            } else if (kind == Kind.IMPORT) {
                reason = importProblem(plan);
            }
        } catch (TemplateException e) {
            reason = e.message();
        }
        String id = settings.arn("cloudformation", "changeSet/" + name + "/" + UUID.randomUUID());
        Stack.Settings stackSettings = new Stack.Settings(
                id,
                request.texts("Capabilities"),
                stack.settings().terminationProtection(),
                request.onFailure("OnStackFailure"));
        return new ChangeSet(
                id,
                name,
                request.optional("Description").orElse(""),
                stack,
                kind,
                new Deployable(wanted.template(), wanted.parameters(), wanted.tags(), plan.imports()),
                plan,
                stackSettings,
                importExisting,
                actual.map(ActualState::driftStatus).orElse(""),
                reason,
                reason.isEmpty() ? "AVAILABLE" : "UNAVAILABLE",
                Instant.now());
    }

    /** An import operation may do nothing but import. */
    private static String importProblem(Plan plan) {
        List<String> others = plan.changes().stream()
                .filter(change -> change.action() != Change.Action.IMPORT)
                .map(Change::logicalId)
                .toList();
        return others.isEmpty()
                ? ""
                : "You have modified resources " + others
                        + " in your template that are not being imported. Update, create or delete operations cannot be "
                        + "executed during import operations.";
    }

    private static Map<String, String> imports(Request request, Template template, Kind kind) {
        Map<String, String> imports = new LinkedHashMap<>();
        for (JsonNode one : request.input().path("ResourcesToImport")) {
            String id = one.path("LogicalResourceId").asText();
            TemplateResource declared = template.resources().get(id);
            if (declared == null) {
                throw AwsError.of(
                        "ValidationError", "Resources [" + id + "] passed in ResourceToImport are not in the template");
            }
            if (!declared.type().equals(one.path("ResourceType").asText())) {
                throw AwsError.of(
                        "ValidationError",
                        "ResourceType of " + id + " in ResourceToImport differs from " + declared.type());
            }
            imports.put(id, identifier(declared, one.path("ResourceIdentifier")));
        }
        if (kind == Kind.IMPORT && imports.isEmpty()) {
            throw AwsError.of("ValidationError", "ResourcesToImport must be specified for an IMPORT change set");
        }
        if (kind != Kind.IMPORT && !imports.isEmpty()) {
            throw AwsError.of("ValidationError", "ResourcesToImport is only valid with ChangeSetType IMPORT");
        }
        List<String> unprotected = imports.keySet().stream()
                .filter(id -> !template.root().path("Resources").path(id).has("DeletionPolicy"))
                .toList();
        if (!unprotected.isEmpty()) {
            throw AwsError.of(
                    "ValidationError",
                    "Resources " + unprotected
                            + " are missing DeletionPolicy attribute, which is required for resources to import");
        }
        return imports;
    }

    private static String identifier(TemplateResource declared, JsonNode identifier) {
        List<String> members = ResourceSchema.of(declared.type()).orElseThrow().identifier();
        if (members.size() != 1 || !identifier.has(members.get(0))) {
            throw AwsError.of(
                    "ValidationError",
                    "Invalid ResourceIdentifier for " + declared.logicalId() + ": expected " + members);
        }
        return Resources.imported(
                declared.type(), identifier.path(members.get(0)).asText());
    }

    private JsonNode describe(Request request) {
        ChangeSet set = find(request);
        ObjectNode page = Answers.page("Changes", set.plan().changes(), request, PAGE, change -> Answers.object());
        int from = Integer.parseInt(request.optional("NextToken").orElse("0"));
        int size = page.path("Changes").size();
        ObjectNode json = Answers.changeSet(
                set, set.plan().changes().subList(from, from + size), request.flag("IncludePropertyValues"));
        if (page.has("NextToken")) {
            json.set("NextToken", page.get("NextToken"));
        }
        return json;
    }

    private JsonNode execute(Request request) {
        ChangeSet set = find(request);
        if (!set.executionStatus().equals("AVAILABLE")) {
            String status = set.reason().isEmpty() ? set.executionStatus() : set.status();
            throw AwsError.of(
                    "InvalidChangeSetStatus",
                    "ChangeSet [" + set.id() + "] cannot be executed in its current status of [" + status + "]");
        }
        Stack stack = set.stack();
        boolean creates = stack.status().equals(Stack.REVIEW);
        if (!creates) {
            StackOperations.refuseUnlessUpdatable(stack);
        }
        Stack.Settings asked = request.has("DisableRollback")
                ? new Stack.Settings(
                        set.id(),
                        set.settings().capabilities(),
                        set.settings().terminationProtection(),
                        request.onFailure("OnStackFailure"))
                : set.settings();
        stack.settings(asked.withRetainExceptOnCreate(request.flag("RetainExceptOnCreate")));
        if (set.driftAware()) {
            engine.deploy(stack, set.wanted(), set.kind(), request.token(), ActualState.of(stack, drifts));
        } else {
            engine.deploy(stack, set.wanted(), set.kind(), request.token());
        }
        changeSets.executed(set);
        return Answers.object();
    }

    private JsonNode delete(Request request) {
        String name = request.required("ChangeSetName");
        Optional<ChangeSet> set = name.startsWith("arn:")
                ? changeSets.find(name)
                : changeSets.find(name, stacks.get(request.required("StackName")));
        set.ifPresent(changeSets::remove);
        return Answers.object();
    }

    private JsonNode list(Request request) {
        Stack stack = stacks.get(request.required("StackName"));
        return Answers.page("Summaries", changeSets.of(stack), request, PAGE, Answers::changeSetSummary);
    }

    private ChangeSet find(Request request) {
        String name = request.required("ChangeSetName");
        Optional<ChangeSet> set;
        if (name.startsWith("arn:")) {
            set = changeSets.find(name);
        } else {
            Stack stack = stacks.find(request.required("StackName")).orElseThrow(() -> notFound(name));
            set = changeSets.find(name, stack);
        }
        return set.orElseThrow(() -> notFound(name));
    }

    private static AwsError notFound(String name) {
        return AwsError.of("ChangeSetNotFound", "ChangeSet [" + name + "] does not exist", 404);
    }
}
