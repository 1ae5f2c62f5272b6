package io.marketpipeline.local.cloudformation.stack;

import java.time.Instant;

/**
 * A change set. Immutable.
 *
 * @param id its ARN
 * @param kind what executing it does
 * @param reason why it failed; empty if it didn't
 * @param executionStatus such as {@code AVAILABLE}
 * @param importExisting whether it takes over resources that exist under their custom names
 * @param driftStatus of the stack, where the change set is drift-aware; empty where it isn't
 */
public record ChangeSet(
        String id,
        String name,
        String description,
        Stack stack,
        Engine.Kind kind,
        Deployable wanted,
        Plan plan,
        Stack.Settings settings,
        boolean importExisting,
        String driftStatus,
        String reason,
        String executionStatus,
        Instant created) {

    /** {@code CREATE_COMPLETE} or {@code FAILED}. */
    public String status() {
        return reason.isEmpty() ? "CREATE_COMPLETE" : "FAILED";
    }

    /** Whether it compares with what is really there. */
    public boolean driftAware() {
        return !driftStatus.isEmpty();
    }

    ChangeSet withExecutionStatus(String status) {
        return new ChangeSet(
                id,
                name,
                description,
                stack,
                kind,
                wanted,
                plan,
                settings,
                importExisting,
                driftStatus,
                reason,
                status,
                created);
    }
}
