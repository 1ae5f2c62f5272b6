package io.marketpipeline.local.cloudformation.stack;

import io.marketpipeline.local.cloudformation.resource.PropertyCheck;
import io.marketpipeline.local.cloudformation.resource.ResourceFailure;
import io.marketpipeline.local.cloudformation.resource.ResourceSchema;
import io.marketpipeline.local.cloudformation.resource.Resources;
import io.marketpipeline.local.cloudformation.stack.Engine.Kind;
import io.marketpipeline.local.cloudformation.template.Dependencies;
import io.marketpipeline.local.cloudformation.template.TemplateException;
import io.marketpipeline.local.cloudformation.template.TemplateResource;
import io.marketpipeline.local.cloudformation.template.TemplateResource.Policy;
import io.marketpipeline.local.gateway.EndpointSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a stack what is wanted: resources in the order of their dependencies, then what they replaced or left behind is
 * deleted. If one fails, everything goes back.
 */
final class Deployment implements Runnable {
    private final Stack stack;
    private final Stacks stacks;
    private final Resources resources;
    private final Deployable wanted;
    private final Kind kind;
    private final Rollback rollback;
    private final ActualState actual;
    private final Duration step;
    private final @Nullable Path hold;
    private final Evaluation evaluation;
    private final Dependencies dependencies;
    private final List<Undo> done = new ArrayList<>();
    private final List<StackResource> replaced = new ArrayList<>();

    Deployment(
            EndpointSettings settings,
            Stacks stacks,
            Stack stack,
            Resources resources,
            Deployable wanted,
            Kind kind,
            Rollback rollback,
            ActualState actual) {
        this.stack = stack;
        this.stacks = stacks;
        this.resources = resources;
        this.wanted = wanted;
        this.kind = kind;
        this.rollback = rollback;
        this.actual = actual;
        this.step = settings.stackStep();
        this.hold = settings.stackHold();
        this.evaluation = new Evaluation(settings, stacks, stack, wanted, false);
        this.dependencies = Dependencies.of(wanted.template());
    }

    @Override
    public void run() {
        try {
            Set<String> present = new HashSet<>();
            for (String id : dependencies.order()) {
                TemplateResource declared = wanted.template().resource(id);
                if (evaluation.exists(declared)) {
                    present.add(id);
                    refuseIfCancelled();
                    deploy(declared);
                }
            }
            List<Output> outputs = evaluation.outputs();
            refuseTakenExports(outputs);
            finish(present, outputs);
        } catch (Failed e) {
            fail(e.reason);
        } catch (TemplateException e) {
            fail(e.message());
        } catch (RuntimeException e) {
            fail("Internal Failure: " + e);
        }
    }

    private void refuseIfCancelled() {
        if (stack.cancelRequested()) {
            throw new Failed("User Initiated");
        }
    }

    private void refuseTakenExports(List<Output> outputs) {
        for (Output output : outputs) {
            Optional<Stack> owner = output.exportName().isEmpty()
                    ? Optional.empty()
                    : stacks.all().stream()
                            .filter(other -> other != stack && other.deleted().isEmpty())
                            .filter(other -> other.outputs().stream()
                                    .anyMatch(taken -> taken.exportName().equals(output.exportName())))
                            .findFirst();
            owner.ifPresent(other -> {
                throw new Failed("Export with name " + output.exportName() + " is already exported by stack "
                        + other.name() + ". Rollback requested by user.");
            });
        }
    }

    private void deploy(TemplateResource declared) {
        PropertyCheck check = evaluation.properties(declared);
        Set<String> needed = dependencies.of(declared.logicalId());
        StackResource next = StackResource.wanted(declared, check.properties(), needed);
        Optional<StackResource> recorded = stack.resource(next.logicalId()).filter(StackResource::exists);
        Optional<StackResource> old = recorded.map(actual::of);
        if (!check.problems().isEmpty()) {
            String status = old.isPresent() ? "UPDATE_FAILED" : "CREATE_FAILED";
            throw failed(old.orElse(next), status, check.message(next.logicalId()));
        }
        String imported = wanted.imports().get(next.logicalId());
        if (imported != null && old.isEmpty()) {
            adopt(next, imported);
        } else if (old.isEmpty()) {
            create(next, Undo::created);
        } else if (actual.gone(old.get())) {
            recreate(old.get(), next);
        } else if (old.get().properties().equals(next.properties())) {
            keep(old.get(), next);
        } else {
            change(old.get(), next);
        }
    }

    /** Policies and metadata are the stack's own business. */
    private void keep(StackResource old, StackResource next) {
        StackResource kept = next.as(old.physical()).withStatus(old.status(), old.reason());
        stack.keep(kept);
        done.add(Undo.updated(old, kept));
        evaluation.know(kept);
    }

    private void adopt(StackResource next, String physicalId) {
        stack.put(next.as(new Resources.Physical(physicalId, Map.of())), "IMPORT_IN_PROGRESS", "");
        try {
            // Importing changes nothing: equal properties on both sides only read the attributes.
            Resources.Physical physical =
                    resources.update(next.address(stack), physicalId, next.properties(), next.properties());
            StackResource now = next.as(physical);
            stack.put(now, "IMPORT_COMPLETE", "");
            done.add(Undo.imported(now));
            evaluation.know(now);
        } catch (ResourceFailure e) {
            throw failed(next, "IMPORT_FAILED", e.reason());
        }
    }

    /** If it comes to a rollback, the stack has again what was gone before. */
    private void recreate(StackResource gone, StackResource next) {
        done.add(Undo.updated(gone, gone));
        create(next, made -> Undo.replaced(gone, made));
    }

    private void create(StackResource next, Function<StackResource, Undo> undo) {
        stack.put(next, "CREATE_IN_PROGRESS", "");
        try {
            takeTime();
            refuseTakenName(next);
            Resources.Physical physical = resources.create(next.address(stack), next.properties());
            StackResource now = next.as(physical);
            stack.put(now, "CREATE_IN_PROGRESS", "Resource creation Initiated");
            stack.put(now, "CREATE_COMPLETE", "");
            done.add(undo.apply(now));
            evaluation.know(now);
        } catch (ResourceFailure e) {
            StackResource partial = partial(next, e);
            if (partial.exists()) {
                done.add(undo.apply(partial));
            }
            throw failed(partial, "CREATE_FAILED", e.reason());
        }
    }

    private void takeTime() {
        try {
            TimeUnit.NANOSECONDS.sleep(step.toNanos());
            while (hold != null && Files.exists(hold)) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("The endpoint is ending");
        }
    }

    private static StackResource partial(StackResource next, ResourceFailure failure) {
        return failure.partial()
                .map(id -> next.as(new Resources.Physical(id, Map.of())))
                .orElse(next);
    }

    private void refuseTakenName(StackResource next) {
        resources.find(next.address(stack), next.properties()).ifPresent(found -> {
            Optional<Stack> owner = stacks.owner(next.type(), found.physicalId());
            throw owner.<ResourceFailure>map(
                            other -> new ResourceFailure(found.physicalId() + " already exists in stack " + other.id()))
                    .orElseGet(() -> ResourceFailure.alreadyExists(next.type(), found.physicalId()));
        });
    }

    private void change(StackResource old, StackResource next) {
        ResourceSchema schema = ResourceSchema.of(next.type()).orElseThrow();
        boolean replace = schema.createOnly().stream()
                .anyMatch(name ->
                        !old.properties().path(name).equals(next.properties().path(name)));
        if (replace) {
            replace(schema, old, next);
        } else {
            update(old, next);
        }
    }

    private void update(StackResource old, StackResource next) {
        StackResource target = next.as(old.physical());
        stack.put(target, "UPDATE_IN_PROGRESS", "");
        try {
            takeTime();
            StackResource now = target.as(
                    resources.update(next.address(stack), old.physicalId(), old.properties(), next.properties()));
            stack.put(now, "UPDATE_COMPLETE", "");
            done.add(Undo.updated(old, now));
            evaluation.know(now);
        } catch (ResourceFailure e) {
            done.add(Undo.updated(old, target.withProperties(e.applied().orElse(old.properties()))));
            throw failed(target, "UPDATE_FAILED", e.reason());
        }
    }

    private void replace(ResourceSchema schema, StackResource old, StackResource next) {
        stack.put(
                next.as(old.physical()),
                "UPDATE_IN_PROGRESS",
                "Requested update requires the creation of a new physical resource; hence creating one.");
        Optional<String> name = schema.customName(next.properties());
        try {
            if (name.isPresent() && name.equals(schema.customName(old.properties()))) {
                throw new ResourceFailure("CloudFormation cannot update a stack when a custom-named resource requires "
                        + "replacing. Rename " + name.get() + " and update the stack again.");
            }
            refuseTakenName(next);
            StackResource now = next.as(resources.create(next.address(stack), next.properties()));
            stack.put(now, "UPDATE_IN_PROGRESS", "Resource creation Initiated");
            stack.put(now, "UPDATE_COMPLETE", "");
            done.add(Undo.replaced(old, now));
            replaced.add(old);
            evaluation.know(now);
        } catch (ResourceFailure e) {
            StackResource partial = partial(next, e);
            done.add(partial.exists() ? Undo.replaced(old, partial) : Undo.updated(old, old));
            throw failed(next.as(old.physical()), "UPDATE_FAILED", e.reason());
        }
    }

    private void finish(Set<String> present, List<Output> outputs) {
        List<StackResource> gone = stack.resources().stream()
                .filter(resource -> !present.contains(resource.logicalId()))
                .toList();
        if (kind == Kind.UPDATE) {
            stack.status("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "");
        }
        gone.forEach(resource -> stack.remove(resource.logicalId()));
        stack.deployed(wanted.withImports(Map.of()), outputs, dependencies.order());
        stack.pendingUndo(List.of());
        cleanUp(gone);
        stack.status(kind + "_COMPLETE", "");
    }

    /** What can't be deleted is left behind, as in AWS: the update has succeeded all the same. */
    private void cleanUp(List<StackResource> gone) {
        List<StackResource> all = Stream.concat(replaced.stream(), gone.stream())
                .filter(StackResource::exists)
                .toList();
        for (StackResource resource : Order.dependentsFirst(all)) {
            boolean wasReplaced = replaced.contains(resource);
            Policy policy = wasReplaced ? resource.updateReplacePolicy() : resource.deletionPolicy();
            if (policy.keeps()) {
                stack.note(resource, "DELETE_SKIPPED", "");
                continue;
            }
            stack.note(resource, "DELETE_IN_PROGRESS", "");
            try {
                resources.delete(resource.address(stack), resource.physicalId(), resource.properties());
                stack.note(resource, "DELETE_COMPLETE", "");
            } catch (ResourceFailure e) {
                stack.note(resource, "DELETE_FAILED", e.reason());
            }
        }
    }

    private Failed failed(StackResource resource, String status, String reason) {
        stack.put(resource, status, reason);
        String verb =
                switch (status) {
                    case "CREATE_FAILED" -> "create";
                    case "IMPORT_FAILED" -> "import";
                    default -> "update";
                };
        return new Failed("The following resource(s) failed to " + verb + ": [" + resource.logicalId() + "]. ");
    }

    private void fail(String reason) {
        OnFailure onFailure = stack.settings().onFailure();
        switch (kind) {
            case CREATE -> rollback.ofCreation(done, onFailure, reason);
            case IMPORT -> rollback.ofImport(done, reason);
            case UPDATE -> {
                if (onFailure == OnFailure.DO_NOTHING) {
                    stack.status("UPDATE_FAILED", reason);
                } else {
                    stack.status("UPDATE_ROLLBACK_IN_PROGRESS", reason);
                    List<Undo> undo = new ArrayList<>(done);
                    Collections.reverse(undo);
                    rollback.ofUpdate(undo, Set.of());
                    actual.recordAgain(stack);
                }
            }
        }
    }

    /** Ends the deployment; its reason becomes the stack's. */
    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String reason;

        Failed(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }
}
