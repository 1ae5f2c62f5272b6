package io.marketpipeline.local.cloudformation.stack;

import io.marketpipeline.local.gateway.AwsError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The change sets of all stacks. Thread-safe. */
public final class ChangeSets {
    private final Map<String, ChangeSet> byId = new LinkedHashMap<>();

    /**
     * Adds a change set.
     *
     * @throws AwsError if its stack has one of that name
     */
    public synchronized void add(ChangeSet changeSet) {
        if (find(changeSet.name(), changeSet.stack()).isPresent()) {
            throw AwsError.of(
                    "AlreadyExistsException",
                    "ChangeSet " + changeSet.id() + " cannot be created: one of that name already exists");
        }
        byId.put(changeSet.id(), changeSet);
    }

    /** The change set of an id. */
    public synchronized Optional<ChangeSet> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The change set of a name in a stack. */
    public synchronized Optional<ChangeSet> find(String name, Stack stack) {
        return of(stack).stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** The change sets of a stack, the oldest first. */
    public synchronized List<ChangeSet> of(Stack stack) {
        return byId.values().stream()
                .filter(one -> one.stack().id().equals(stack.id()))
                .toList();
    }

    /** Removes one. */
    public synchronized void remove(ChangeSet changeSet) {
        byId.remove(changeSet.id());
    }

    /** Notes that one is executed; the other ones of its stack are gone then, as in AWS. */
    public synchronized void executed(ChangeSet changeSet) {
        of(changeSet.stack()).forEach(other -> byId.remove(other.id()));
        byId.put(changeSet.id(), changeSet.withExecutionStatus("EXECUTE_COMPLETE"));
    }
}
