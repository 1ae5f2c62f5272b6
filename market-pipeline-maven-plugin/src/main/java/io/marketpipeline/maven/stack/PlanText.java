package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.Mark;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Writes a plan for people: in groups, what loses data first, the summary last. */
final class PlanText {
    private final Consumer<String> lines;
    private final BiFunction<Mark, String, String> marks;

    PlanText(Console console) {
        this(console::line, console::mark);
    }

    private PlanText(Consumer<String> lines, BiFunction<Mark, String, String> marks) {
        this.lines = lines;
        this.marks = marks;
    }

    /** The plan as plain text, its lines joined. */
    static String plain(Plan plan) {
        StringBuilder text = new StringBuilder();
        new PlanText(line -> text.append(line).append('\n'), (mark, line) -> line).write(plan);
        return text.toString();
    }

    void write(Plan plan) {
        plan.notes().forEach(note -> lines.accept("Note: " + note));
        losses(plan);
        group("Added", plan.of(Change.Kind.ADD), Mark.GOOD, !plan.create());
        group("Made anew", plan.of(Change.Kind.RECREATE), Mark.CAUTION, false);
        group("Taken over with what they hold", plan.of(Change.Kind.IMPORT), Mark.GOOD, false);
        group("Changed in place", plan.of(Change.Kind.MODIFY), Mark.CAUTION, true);
        group("Replaced", plan.of(Change.Kind.REPLACE), Mark.BAD, true);
        group("Perhaps replaced", plan.of(Change.Kind.MAY_REPLACE), Mark.BAD, true);
        group("Deleted", plan.deleted(), Mark.BAD, true);
        group("No longer in the stack, but kept", plan.released(), Mark.FAINT, true);
        group("Changed by hand to what the configuration says", plan.of(Change.Kind.SYNC), Mark.FAINT, false);
        if (!plan.stackChanges().isEmpty()) {
            lines.accept("The stack itself:");
            plan.stackChanges().forEach(change -> lines.accept("      " + change.line()));
        }
        Mark mark = plan.empty() ? Mark.GOOD : plan.losses().isEmpty() ? Mark.STRONG : Mark.BAD;
        lines.accept(marks.apply(mark, plan.summary()));
    }

    private void losses(Plan plan) {
        if (plan.losses().isEmpty()) {
            return;
        }
        lines.accept(marks.apply(Mark.BAD, "!!! DATA LOSS: deploy refuses this unless told -DallowDataLoss"));
        plan.losses().forEach(change -> lines.accept(marks.apply(Mark.BAD, "!!!" + DataHolders.sentence(change))));
    }

    private void group(String title, List<Change> changes, Mark mark, boolean withProperties) {
        if (changes.isEmpty()) {
            return;
        }
        lines.accept(title + ":");
        for (Change change : changes) {
            lines.accept("  " + marks.apply(mark, change.line()));
            if (withProperties) {
                change.properties().forEach(property -> lines.accept("      " + property.line()));
            }
        }
    }
}
