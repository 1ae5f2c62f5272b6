package io.marketpipeline.local.cloudformation.stack;

import io.marketpipeline.local.cloudformation.resource.Resources;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.EndpointSettings;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs the operations on stacks, each on a thread of its own, one at a time on a stack. Thread-safe. */
public final class Engine implements AutoCloseable {
    private final EndpointSettings settings;
    private final Stacks stacks;
    private final Resources resources;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "cloudformation");
        thread.setDaemon(true);
        return thread;
    });

    /** Creates an engine. */
    public Engine(EndpointSettings settings, Stacks stacks, Resources resources) {
        this.settings = settings;
        this.stacks = stacks;
        this.resources = resources;
    }

    /** What an operation does to a stack; the first word of its statuses. */
    public enum Kind {
        /** It makes a stack. */
        CREATE,
        /** It changes a stack. */
        UPDATE,
        /** It takes over resources and changes nothing else. */
        IMPORT
    }

    /**
     * Begins to make a stack what is wanted; returns at once.
     *
     * @param clientToken of the request; empty if it has none
     * @throws AwsError if the stack's status doesn't allow it
     */
    public void deploy(Stack stack, Deployable wanted, Kind kind, String clientToken) {
        deploy(stack, wanted, kind, clientToken, ActualState.AS_DEPLOYED);
    }

    /**
     * Begins to make a stack what is wanted, from what is really there; returns at once.
     *
     * @param clientToken of the request; empty if it has none
     * @throws AwsError if the stack's status doesn't allow it
     */
    public void deploy(Stack stack, Deployable wanted, Kind kind, String clientToken, ActualState actual) {
        stack.begin(kind + "_IN_PROGRESS", clientToken, "User Initiated");
        Rollback rollback = new Rollback(stack, resources);
        threads.execute(new Deployment(settings, stacks, stack, resources, wanted, kind, rollback, actual));
    }

    /**
     * Begins to delete a stack; returns at once.
     *
     * @param retain logical ids of resources that are left alone
     * @param force whether resources that can't be deleted are left alone, too
     * @throws AwsError if the stack's status doesn't allow it
     */
    public void delete(Stack stack, Set<String> retain, boolean force, String clientToken) {
        if (stack.busy()) {
            throw AwsError.of(
                    "ValidationError",
                    "Stack [" + stack.name() + "] cannot be deleted while in status " + stack.status());
        }
        stack.begin("DELETE_IN_PROGRESS", clientToken, "User Initiated");
        threads.execute(() -> new Deletion(stack, resources).run(retain, force));
    }

    /**
     * Begins to finish a rollback that failed; returns at once.
     *
     * @param skip logical ids of resources that are left as they are
     * @throws AwsError if no rollback failed
     */
    public void continueRollback(Stack stack, Set<String> skip, String clientToken) {
        if (!stack.status().equals("UPDATE_ROLLBACK_FAILED")) {
            throw AwsError.of(
                    "ValidationError",
                    "Stack:" + stack.id() + " is in " + stack.status()
                            + " state and can not continue rolling back its update.");
        }
        stack.begin("UPDATE_ROLLBACK_IN_PROGRESS", clientToken, "User Initiated");
        List<Undo> pending = stack.pendingUndo();
        threads.execute(() -> new Rollback(stack, resources).ofUpdate(pending, skip));
    }

    /** Ends the threads; operations that run are interrupted. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
