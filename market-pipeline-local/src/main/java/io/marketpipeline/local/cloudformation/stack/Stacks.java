package io.marketpipeline.local.cloudformation.stack;

import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.EndpointSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** All stacks of an endpoint, deleted ones included. Thread-safe. */
public final class Stacks {
    private final EndpointSettings settings;
    private final Map<String, Stack> byId = new LinkedHashMap<>();

    /** Creates it without a stack. */
    public Stacks(EndpointSettings settings) {
        this.settings = settings;
    }

    /**
     * Makes a stack.
     *
     * @throws AwsError if one of that name lives, or the name isn't allowed
     */
    public synchronized Stack create(String name) {
        if (!name.matches("[a-zA-Z][-a-zA-Z0-9]{0,127}")) {
            throw AwsError.of(
                    "ValidationError",
                    "1 validation error detected: Value '" + name + "' at 'stackName' failed to satisfy constraint: "
                            + "Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*");
        }
        if (find(name).isPresent()) {
            throw AwsError.of("AlreadyExistsException", "Stack [" + name + "] already exists");
        }
        String id = settings.arn("cloudformation", "stack/" + name + "/" + UUID.randomUUID());
        Stack stack = new Stack(id, name);
        byId.put(id, stack);
        return stack;
    }

    /**
     * Makes a stack that only has change sets yet.
     *
     * @throws AwsError if one of that name lives, or the name isn't allowed
     */
    public Stack review(String name) {
        Stack stack = create(name);
        stack.status(Stack.REVIEW, "User Initiated");
        return stack;
    }

    /** Forgets a stack that was refused before anything was done. */
    public synchronized void discard(Stack stack) {
        byId.remove(stack.id());
    }

    /** The stack of an id, or the living one of a name. */
    public synchronized Optional<Stack> find(String nameOrId) {
        Stack exact = byId.get(nameOrId);
        if (exact != null) {
            return Optional.of(exact);
        }
        return byId.values().stream()
                .filter(stack ->
                        stack.name().equals(nameOrId) && stack.deleted().isEmpty())
                .findFirst();
    }

    /**
     * The stack of an id, or the living one of a name.
     *
     * @throws AwsError if there is none
     */
    public Stack get(String nameOrId) {
        return find(nameOrId)
                .orElseThrow(() -> AwsError.of("ValidationError", "Stack with id " + nameOrId + " does not exist"));
    }

    /** All stacks, the newest first. */
    public synchronized List<Stack> all() {
        List<Stack> all = new ArrayList<>(byId.values());
        Collections.reverse(all);
        return all;
    }

    /** What a living stack exports under a name. */
    public Optional<String> export(String name) {
        return all().stream()
                .filter(stack -> stack.deleted().isEmpty())
                .flatMap(stack -> stack.outputs().stream())
                .filter(output -> output.exportName().equals(name))
                .map(Output::value)
                .findFirst();
    }

    /** The living stack that has a physical resource. */
    Optional<Stack> owner(String type, String physicalId) {
        return all().stream()
                .filter(stack -> stack.deleted().isEmpty())
                .filter(stack -> stack.resources().stream()
                        .anyMatch(resource -> resource.type().equals(type)
                                && resource.physicalId().equals(physicalId)))
                .findFirst();
    }
}
