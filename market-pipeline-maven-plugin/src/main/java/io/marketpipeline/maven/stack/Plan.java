package io.marketpipeline.maven.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a deploy would do.
 *
 * @param stack name of the stack
 * @param create whether the stack isn't there yet
 * @param changes of its resources, in the order to show them
 * @param stackChanges of the stack itself: tags, parameters, termination protection, outputs
 * @param notes what else there is to know
 */
public record Plan(
        String stack, boolean create, List<Change> changes, List<PropertyChange> stackChanges, List<String> notes) {
    public Plan {
        changes = List.copyOf(changes);
        stackChanges = List.copyOf(stackChanges);
        notes = List.copyOf(notes);
    }

    /** Nothing would be done. */
    static Plan nothing(String stack) {
        return new Plan(stack, false, List.of(), List.of(), List.of());
    }

    /** The same with more to know. */
    Plan withNotes(List<String> more) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(more);
        return new Plan(stack, create, changes, stackChanges, all);
    }

    /** Whether a deploy would do nothing. */
    public boolean empty() {
        return changes.isEmpty() && stackChanges.isEmpty();
    }

    /** Changes that lose data, which {@code deploy} refuses unless told otherwise. */
    public List<Change> losses() {
        return some(Change::losesData);
    }

    List<Change> of(Change.Kind kind) {
        return some(change -> change.kind() == kind);
    }

    /** Resources that leave the stack and go. */
    List<Change> deleted() {
        return some(change -> change.kind() == Change.Kind.REMOVE && !change.oldStays());
    }

    /** Resources that leave the stack and stay. */
    List<Change> released() {
        return some(change -> change.kind() == Change.Kind.REMOVE && change.oldStays());
    }

    /** How many of what, in one line. */
    public String summary() {
        if (empty()) {
            return "No changes: stack " + stack + " is up to date";
        }
        int replaced =
                of(Change.Kind.REPLACE).size() + of(Change.Kind.MAY_REPLACE).size();
        List<String> parts = new ArrayList<>(List.of(
                of(Change.Kind.ADD).size() + " to add",
                of(Change.Kind.MODIFY).size() + " to change in place",
                replaced + " to replace",
                deleted().size() + " to delete"));
        if (!of(Change.Kind.IMPORT).isEmpty()) {
            parts.add(1, of(Change.Kind.IMPORT).size() + " to take over");
        }
        if (!of(Change.Kind.RECREATE).isEmpty()) {
            parts.add(1, of(Change.Kind.RECREATE).size() + " to make anew");
        }
        if (!released().isEmpty()) {
            parts.add(released().size() + " to let go of and keep");
        }
        return "Plan for stack " + stack + ": " + String.join(", ", parts)
                + (losses().isEmpty() ? "" : "; " + losses().size() + " of them LOSE DATA");
    }

    private List<Change> some(Predicate<Change> wanted) {
        return changes.stream().filter(wanted).toList();
    }
}
