package io.marketpipeline.local.cloudformation.stack;

import io.marketpipeline.local.cloudformation.resource.ResourceFailure;
import io.marketpipeline.local.cloudformation.resource.Resources;
import io.marketpipeline.local.cloudformation.template.TemplateResource.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Takes back what a failed deployment did. */
final class Rollback {
    private final Stack stack;
    private final Resources resources;

    Rollback(Stack stack, Resources resources) {
        this.stack = stack;
        this.resources = resources;
    }

    /** Deletes what a creation made; what it imported is let go. */
    void ofCreation(List<Undo> done, OnFailure onFailure, String reason) {
        if (onFailure == OnFailure.DO_NOTHING) {
            stack.status("CREATE_FAILED", reason);
            return;
        }
        boolean delete = onFailure == OnFailure.DELETE;
        String word = delete ? "DELETE" : "ROLLBACK";
        stack.status(word + "_IN_PROGRESS", reason + (delete ? "Delete" : "Rollback") + " requested by user.");
        List<String> failed = new ArrayList<>();
        for (StackResource resource : Order.dependentsFirst(stack.resources())) {
            boolean imported = done.stream()
                    .anyMatch(
                            undo -> undo.imported() && undo.after().logicalId().equals(resource.logicalId()));
            if (!resource.exists()) {
                stack.put(resource, "DELETE_COMPLETE", "");
                stack.remove(resource.logicalId());
            } else if (imported || stays(resource)) {
                stack.put(resource, "DELETE_SKIPPED", "");
                stack.remove(resource.logicalId());
            } else if (!new Deletion(stack, resources).delete(resource, false)) {
                failed.add(resource.logicalId());
            }
        }
        if (failed.isEmpty()) {
            stack.status(word + "_COMPLETE", "");
        } else {
            stack.status(word + "_FAILED", "The following resource(s) failed to delete: " + failed + ". ");
        }
    }

    /** Lets go of what was imported; the resources themselves were never changed. */
    void ofImport(List<Undo> done, String reason) {
        stack.status("IMPORT_ROLLBACK_IN_PROGRESS", reason);
        stack.resources().stream()
                .filter(resource -> resource.status().equals("IMPORT_FAILED")
                        || resource.status().equals("IMPORT_IN_PROGRESS"))
                .forEach(resource -> stack.remove(resource.logicalId()));
        for (Undo undo : done) {
            if (undo.imported()) {
                stack.put(undo.after(), "IMPORT_ROLLBACK_COMPLETE", "");
                stack.remove(undo.after().logicalId());
            } else {
                undo.before().ifPresent(stack::keep);
            }
        }
        stack.status("IMPORT_ROLLBACK_COMPLETE", "");
    }

    /**
     * Gives every resource back what it had, the last changed first, then deletes what is new.
     *
     * @param undo what to take back, the last done first; what fails stays to be continued
     */
    void ofUpdate(List<Undo> undo, Set<String> skip) {
        List<Undo> failed = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Undo one : undo) {
            if (!skip.contains(one.after().logicalId()) && !restore(one)) {
                failed.add(one);
                names.add(one.after().logicalId());
            }
        }
        if (!failed.isEmpty()) {
            List<Undo> rest = new ArrayList<>(failed);
            undo.stream().filter(one -> isNew(one) && !failed.contains(one)).forEach(rest::add);
            stack.pendingUndo(rest);
            stack.status("UPDATE_ROLLBACK_FAILED", "The following resource(s) failed to update: " + names + ". ");
            return;
        }
        stack.status("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", "");
        undo.stream().filter(Rollback::isNew).forEach(this::discard);
        stack.resources().stream()
                .filter(resource -> !resource.exists())
                .forEach(resource -> stack.remove(resource.logicalId()));
        stack.pendingUndo(List.of());
        stack.status("UPDATE_ROLLBACK_COMPLETE", "");
    }

    /** Whether a resource that the operation made outlives its rollback. */
    private boolean stays(StackResource made) {
        return made.deletionPolicy() == Policy.RETAIN && !stack.settings().retainExceptOnCreate();
    }

    private static boolean isNew(Undo undo) {
        return undo.before().isEmpty() || undo.replaced();
    }

    private boolean restore(Undo undo) {
        if (undo.before().isEmpty()) {
            return true;
        }
        StackResource before = undo.before().get();
        if (undo.replaced() || undo.after().properties().equals(before.properties())) {
            boolean touched = stack.resource(before.logicalId())
                    .filter(now -> now.status().equals("UPDATE_FAILED") || undo.replaced())
                    .isPresent();
            if (touched) {
                stack.put(before, "UPDATE_COMPLETE", "");
            } else {
                stack.keep(before);
            }
            return true;
        }
        stack.put(before, "UPDATE_IN_PROGRESS", "");
        try {
            resources.update(
                    before.address(stack), before.physicalId(), undo.after().properties(), before.properties());
            stack.put(before, "UPDATE_COMPLETE", "");
            return true;
        } catch (ResourceFailure e) {
            stack.put(before, "UPDATE_FAILED", e.reason());
            return false;
        }
    }

    private void discard(Undo undo) {
        StackResource made = undo.after();
        if (undo.before().isEmpty()) {
            stack.remove(made.logicalId());
        }
        if (undo.imported() || (undo.before().isEmpty() && stays(made))) {
            stack.note(made, "DELETE_SKIPPED", "");
            return;
        }
        stack.note(made, "DELETE_IN_PROGRESS", "");
        try {
            resources.delete(made.address(stack), made.physicalId(), made.properties());
            stack.note(made, "DELETE_COMPLETE", "");
        } catch (ResourceFailure e) {
            stack.note(made, "DELETE_FAILED", e.reason());
        }
    }
}
