package io.marketpipeline.local.cloudformation.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.marketpipeline.local.cloudformation.resource.PropertyCheck;
import io.marketpipeline.local.cloudformation.resource.ResourceSchema;
import io.marketpipeline.local.cloudformation.resource.Resources;
import io.marketpipeline.local.cloudformation.stack.Change.Action;
import io.marketpipeline.local.cloudformation.stack.Change.Detail;
import io.marketpipeline.local.cloudformation.stack.Change.Replacement;
import io.marketpipeline.local.cloudformation.stack.Plan.Finding;
import io.marketpipeline.local.cloudformation.template.Dependencies;
import io.marketpipeline.local.cloudformation.template.Scope;
import io.marketpipeline.local.cloudformation.template.TemplateException;
import io.marketpipeline.local.cloudformation.template.TemplateResource;
import io.marketpipeline.local.cloudformation.template.TemplateResource.Policy;
import io.marketpipeline.local.gateway.EndpointSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what a deployment would do, by reading only. Thread-safe. */
public final class Planner {
    private final EndpointSettings settings;
    private final Stacks stacks;
    private final Resources resources;

    /** Creates a planner. */
    public Planner(EndpointSettings settings, Stacks stacks, Resources resources) {
        this.settings = settings;
        this.stacks = stacks;
        this.resources = resources;
    }

    /**
     * Plans a deployment.
     *
     * @param importExisting whether resources that exist under their custom name are taken over
     * @throws TemplateException if the template can't be evaluated, or changes a resource's type
     */
    public Plan plan(Stack stack, Deployable wanted, boolean importExisting) {
        return plan(stack, wanted, importExisting, ActualState.AS_DEPLOYED);
    }

    /**
     * Plans a drift-aware deployment: what is really there is brought to the template, too, where the template says
     * nothing new.
     *
     * @throws TemplateException if the template can't be evaluated, or changes a resource's type
     */
    public Plan plan(Stack stack, Deployable wanted, boolean importExisting, ActualState actual) {
        return new Run(stack, wanted, importExisting, actual).plan();
    }

    private final class Run {
        private final Stack stack;
        private final Deployable wanted;
        private final boolean importExisting;
        private final ActualState actual;
        private final Evaluation evaluation;
        private final Map<String, Change> changes = new HashMap<>();
        private final List<Finding> problems = new ArrayList<>();
        private final Map<String, String> imports = new HashMap<>();

        Run(Stack stack, Deployable wanted, boolean importExisting, ActualState actual) {
            this.stack = stack;
            this.wanted = wanted;
            this.importExisting = importExisting;
            this.actual = actual;
            this.evaluation = new Evaluation(settings, stacks, stack, wanted, true);
            this.imports.putAll(wanted.imports());
        }

        Plan plan() {
            refuseChangedTypes();
            Dependencies dependencies = Dependencies.of(wanted.template());
            List<String> kept = new ArrayList<>();
            for (String id : dependencies.order()) {
                TemplateResource declared = wanted.template().resource(id);
                if (evaluation.exists(declared)) {
                    kept.add(id);
                    resource(declared, dependencies);
                }
            }
            List<Change> ordered = new ArrayList<>();
            wanted.template().resources().keySet().stream()
                    .filter(changes::containsKey)
                    .forEach(id -> ordered.add(changes.get(id)));
            stack.resources().stream()
                    .filter(old -> old.exists() && !kept.contains(old.logicalId()))
                    .forEach(old -> ordered.add(removal(old)));
            return new Plan(List.copyOf(ordered), elsewhere(), List.copyOf(problems), Map.copyOf(imports));
        }

        private void refuseChangedTypes() {
            List<String> changed = stack.resources().stream()
                    .filter(StackResource::exists)
                    .filter(old -> {
                        TemplateResource now = wanted.template().resources().get(old.logicalId());
                        return now != null && !now.type().equals(old.type());
                    })
                    .map(StackResource::logicalId)
                    .toList();
            if (!changed.isEmpty()) {
                throw new TemplateException("Update of resource type is not permitted. The new template modifies "
                        + "resource type of the following resources: " + changed);
            }
        }

        private void resource(TemplateResource declared, Dependencies dependencies) {
            PropertyCheck check = evaluation.properties(declared);
            check.problems()
                    .forEach(problem -> problems.add(new Finding(
                            Finding.PROPERTY,
                            declared.logicalId(),
                            declared.type(),
                            "/Resources/" + declared.logicalId() + "/Properties" + problem.path(),
                            check.message(declared.logicalId()))));
            StackResource next =
                    StackResource.wanted(declared, check.properties(), dependencies.of(declared.logicalId()));
            Optional<StackResource> old = stack.resource(next.logicalId()).filter(StackResource::exists);
            if (old.isPresent() && actual.gone(old.get())) {
                recreation(old.get(), next);
            } else if (old.isPresent()) {
                modification(old.get(), next);
            } else if (wanted.imports().containsKey(next.logicalId())) {
                adopt(next, wanted.imports().get(next.logicalId()));
            } else {
                addition(declared, next, check.problems().isEmpty());
            }
        }

        private void addition(TemplateResource declared, StackResource next, boolean valid) {
            Optional<Resources.Physical> existing =
                    valid && named(next) ? resources.find(next.address(stack), next.properties()) : Optional.empty();
            if (existing.isPresent() && importExisting && mayBeImported(declared, next, existing.get())) {
                adopt(next, existing.get().physicalId());
                return;
            }
            existing.ifPresent(found -> problems.add(new Finding(
                    Finding.NAME_CONFLICT,
                    next.logicalId(),
                    next.type(),
                    "/Resources/" + next.logicalId() + "/Properties",
                    "Resource of type '" + next.type() + "' with identifier '" + found.physicalId()
                            + "' already exists. (" + next.logicalId() + ")")));
            evaluation.know(next);
            add(Action.ADD, next, "", Optional.empty(), List.of(), "", MissingNode.getInstance(), context(next));
        }

        /** A name is known beforehand only if nothing that is still to be made is part of it. */
        private boolean named(StackResource next) {
            return !next.properties().toString().contains(Scope.KNOWN_AFTER_APPLY.asText())
                    || ResourceSchema.of(next.type())
                            .flatMap(schema -> schema.customName(next.properties()))
                            .filter(name -> !name.contains(Scope.KNOWN_AFTER_APPLY.asText()))
                            .isPresent();
        }

        /**
         * What AWS's documentation of automatic import asks for: a static name of its own, a deletion policy that
         * retains, and no other stack that has the resource.
         */
        private boolean mayBeImported(TemplateResource declared, StackResource next, Resources.Physical existing) {
            boolean staticName = ResourceSchema.of(next.type())
                    .flatMap(ResourceSchema::name)
                    .map(rule -> declared.properties().path(rule.property()).isTextual())
                    .orElse(false);
            return staticName
                    && next.deletionPolicy().keeps()
                    && stacks.owner(next.type(), existing.physicalId()).isEmpty();
        }

        private void adopt(StackResource next, String physicalId) {
            StackResource adopted = next.as(resources
                    .find(next.address(stack), next.properties())
                    .filter(found -> found.physicalId().equals(physicalId))
                    .orElse(new Resources.Physical(physicalId, Map.of())));
            if (!resources.exists(next.address(stack), physicalId, next.properties())) {
                throw new TemplateException("Resource of type '" + next.type() + "' with identifier '" + physicalId
                        + "' was not found, so " + next.logicalId() + " cannot be imported.");
            }
            stacks.owner(next.type(), physicalId).ifPresent(owner -> {
                throw new TemplateException(physicalId + " cannot be imported as " + next.logicalId()
                        + ": it belongs to stack " + owner.id());
            });
            evaluation.know(adopted);
            imports.put(next.logicalId(), physicalId);
            add(
                    Action.IMPORT,
                    next,
                    physicalId,
                    Optional.empty(),
                    List.of(),
                    "",
                    MissingNode.getInstance(),
                    context(next));
        }

        /** AWS calls it an addition, too, and says that the resource is one that was deleted. */
        private void recreation(StackResource recorded, StackResource next) {
            evaluation.know(next);
            add(
                    Action.ADD,
                    next,
                    recorded.physicalId(),
                    Optional.empty(),
                    List.of(),
                    "",
                    MissingNode.getInstance(),
                    context(next));
        }

        private void modification(StackResource recorded, StackResource next) {
            StackResource old = actual.of(recorded);
            List<Detail> details = details(old, next);
            if (details.isEmpty()) {
                evaluation.know(old);
                sync(recorded, next);
                return;
            }
            boolean always =
                    details.stream().anyMatch(detail -> detail.recreation().equals("Always") && !detail.dynamic());
            boolean perhaps =
                    details.stream().anyMatch(detail -> detail.recreation().equals("Always"));
            Replacement replacement = Replacement.FALSE;
            if (perhaps) {
                replacement = always ? Replacement.TRUE : Replacement.CONDITIONAL;
            }
            evaluation.know(perhaps ? next : old);
            String policy = "";
            if (perhaps) {
                policy = old.updateReplacePolicy() == Policy.RETAIN ? "ReplaceAndRetain" : "ReplaceAndDelete";
            }
            add(
                    Action.MODIFY,
                    old,
                    old.physicalId(),
                    Optional.of(replacement),
                    details,
                    policy,
                    context(old),
                    context(next));
        }

        /** What somebody changed by hand is what the new template says. */
        private void sync(StackResource recorded, StackResource next) {
            List<Detail> details = details(recorded, next);
            if (actual.modified(recorded) && !details.isEmpty()) {
                add(
                        Action.SYNC_WITH_ACTUAL,
                        recorded,
                        recorded.physicalId(),
                        Optional.of(Replacement.FALSE),
                        details,
                        "",
                        context(next),
                        context(next));
            }
        }

        private List<Detail> details(StackResource old, StackResource next) {
            ResourceSchema schema = ResourceSchema.of(next.type()).orElseThrow();
            List<Detail> details = new ArrayList<>();
            Difference.between(old.properties(), next.properties()).forEach(difference -> {
                String name = difference.path().split("/", -1)[1];
                details.add(new Detail(
                        name.equals("Tags") ? "Tags" : "Properties",
                        name,
                        "/Properties" + difference.path(),
                        schema.createOnly().contains(name) ? "Always" : "Never",
                        difference.after().toString().contains(Scope.KNOWN_AFTER_APPLY.asText()),
                        difference.before(),
                        difference.after()));
            });
            attribute("Metadata", old.metadata(), next.metadata(), details);
            attribute("DeletionPolicy", text(old.deletionPolicy()), text(next.deletionPolicy()), details);
            attribute(
                    "UpdateReplacePolicy", text(old.updateReplacePolicy()), text(next.updateReplacePolicy()), details);
            return details;
        }

        private void attribute(String name, JsonNode before, JsonNode after, List<Detail> details) {
            if (!before.equals(after)) {
                details.add(new Detail(name, "", "/" + name, "Never", false, before, after));
            }
        }

        private Change removal(StackResource old) {
            return new Change(
                    Action.REMOVE,
                    old.logicalId(),
                    old.physicalId(),
                    old.type(),
                    Optional.empty(),
                    List.of(),
                    old.deletionPolicy().keeps() ? "Retain" : "Delete",
                    context(old),
                    MissingNode.getInstance(),
                    actual(old.logicalId()));
        }

        private Optional<Change.Actual> actual(String logicalId) {
            return actual.drift(logicalId)
                    .map(drift -> new Change.Actual(
                            drift,
                            context(drift.resource()),
                            Resources.writeOnly(drift.resource().type())));
        }

        private void add(
                Action action,
                StackResource resource,
                String physicalId,
                Optional<Replacement> replacement,
                List<Detail> details,
                String policyAction,
                JsonNode before,
                JsonNode after) {
            changes.put(
                    resource.logicalId(),
                    new Change(
                            action,
                            resource.logicalId(),
                            physicalId,
                            resource.type(),
                            replacement,
                            details,
                            policyAction,
                            before,
                            after,
                            actual(resource.logicalId())));
        }

        private boolean elsewhere() {
            Optional<Deployable> deployed = stack.deployed();
            if (deployed.isEmpty()) {
                return true;
            }
            return !deployed.get().tags().equals(wanted.tags())
                    || !deployed.get()
                            .template()
                            .section("Outputs")
                            .equals(wanted.template().section("Outputs"))
                    || (problems.isEmpty() && !stack.outputs().equals(evaluation.outputs()));
        }
    }

    private static JsonNode text(Policy policy) {
        return TextNode.valueOf(policy.text());
    }

    private static ObjectNode context(StackResource resource) {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        context.set("Properties", resource.properties());
        if (!resource.metadata().isEmpty()) {
            context.set("Metadata", resource.metadata());
        }
        context.put("DeletionPolicy", resource.deletionPolicy().text());
        context.put("UpdateReplacePolicy", resource.updateReplacePolicy().text());
        return context;
    }
}
