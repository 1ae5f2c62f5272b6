package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.Elapsed;
import io.marketpipeline.maven.output.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Shows a stack's progress: a line for each resource that is done, and on a terminal a redrawn one with what is under
 * way. Not thread-safe.
 */
public final class ConsoleStackListener implements StackListener {
    private static final Map<String, String> MARKS = Map.of(
            "CREATE_COMPLETE", "+ created",
            "UPDATE_COMPLETE", "~ updated",
            "IMPORT_COMPLETE", "+ taken over",
            "DELETE_COMPLETE", "- deleted",
            "DELETE_SKIPPED", "= kept");

    private final Console console;
    private final Map<String, Instant> underWay = new LinkedHashMap<>();

    /** Shows on the console. */
    public ConsoleStackListener(Console console) {
        this.console = console;
    }

    @Override
    public void step(String what) {
        console.line(what + " ...");
    }

    @Override
    public void note(String what) {
        console.line(what);
    }

    @Override
    public void changes(List<Change> changes) {
        for (Change change : changes) {
            console.line("  " + console.mark(markOf(change.kind()), change.line()));
        }
        if (changes.stream().anyMatch(change -> change.kind() == Change.Kind.REPLACE)) {
            console.warn("Resources marked ! are replaced: what they hold stays with the old ones.");
        }
    }

    @Override
    public void event(ResourceEvent event) {
        if (event.ofStack()) {
            return;
        }
        if (event.inProgress()) {
            underWay.putIfAbsent(event.logicalId(), event.time());
            return;
        }
        Instant began = underWay.remove(event.logicalId());
        String took = began == null ? "" : Elapsed.words(Duration.between(began, event.time()));
        if (event.failed()) {
            console.line(
                    "  " + console.mark(event.ownFailure() ? Mark.BAD : Mark.FAINT, line("x failed", event, took)));
        } else if (MARKS.containsKey(event.status())) {
            console.line("  " + line(MARKS.get(event.status()), event, took));
        }
    }

    @Override
    public void elapsed(Duration sinceStart) {
        if (!underWay.isEmpty()) {
            console.status("  " + Elapsed.words(sinceStart) + "  " + String.join(", ", underWay.keySet()));
        }
    }

    private static String line(String what, ResourceEvent event, String took) {
        return String.format(Locale.ROOT, "%-12s  %-28s %-26s %s", what, event.logicalId(), event.type(), took)
                .stripTrailing();
    }

    private static Mark markOf(Change.Kind kind) {
        return switch (kind) {
            case ADD, IMPORT -> Mark.GOOD;
            case MODIFY -> Mark.CAUTION;
            case REPLACE, MAY_REPLACE, REMOVE -> Mark.BAD;
        };
    }
}
