package io.marketpipeline.local.cloudformation.stack;

import io.marketpipeline.local.cloudformation.resource.ResourceFailure;
import io.marketpipeline.local.cloudformation.resource.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Deletes a stack's resources, those that others need last. */
final class Deletion {
    private final Stack stack;
    private final Resources resources;

    Deletion(Stack stack, Resources resources) {
        this.stack = stack;
        this.resources = resources;
    }

    void run(Set<String> retain, boolean force) {
        List<String> failed = new ArrayList<>();
        for (StackResource resource : Order.dependentsFirst(stack.resources())) {
            if (!resource.exists()) {
                stack.remove(resource.logicalId());
            } else if (retain.contains(resource.logicalId())
                    || resource.deletionPolicy().keeps()) {
                stack.put(resource, "DELETE_SKIPPED", "");
                stack.remove(resource.logicalId());
            } else if (!delete(resource, force)) {
                failed.add(resource.logicalId());
            }
        }
        if (failed.isEmpty()) {
            stack.status("DELETE_COMPLETE", "");
        } else {
            stack.status("DELETE_FAILED", "The following resource(s) failed to delete: " + failed + ". ");
        }
    }

    /** False if the resource is still the stack's. */
    boolean delete(StackResource resource, boolean force) {
        stack.put(resource, "DELETE_IN_PROGRESS", "");
        try {
            resources.delete(resource.address(stack), resource.physicalId(), resource.properties());
            stack.put(resource, "DELETE_COMPLETE", "");
        } catch (ResourceFailure e) {
            stack.put(resource, force ? "DELETE_SKIPPED" : "DELETE_FAILED", e.reason());
            if (!force) {
                return false;
            }
        }
        stack.remove(resource.logicalId());
        return true;
    }
}
