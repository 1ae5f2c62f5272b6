package io.marketpipeline.local.cloudformation.stack;

import java.util.Optional;

/**
 * How to take back what a deployment did to one resource.
 *
 * @param before what the stack had; empty if the resource is new to it
 * @param after what the deployment made of it
 * @param replaced whether {@code after} is another physical resource than {@code before}
 * @param imported whether {@code after} existed before the deployment, so that taking back means letting go
 */
record Undo(Optional<StackResource> before, StackResource after, boolean replaced, boolean imported) {
    static Undo created(StackResource after) {
        return new Undo(Optional.empty(), after, false, false);
    }

    static Undo imported(StackResource after) {
        return new Undo(Optional.empty(), after, false, true);
    }

    static Undo updated(StackResource before, StackResource after) {
        return new Undo(Optional.of(before), after, false, false);
    }

    static Undo replaced(StackResource before, StackResource after) {
        return new Undo(Optional.of(before), after, true, false);
    }
}
