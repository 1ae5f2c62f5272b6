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
 * way. What a new stack is made of is not listed twice. Not thread-safe.
 */
public final class ConsoleStackListener implements StackListener {
    private static final Map<String, String> MARKS = Map.of(
            "CREATE_COMPLETE", "+ created",
            "UPDATE_COMPLETE", "~ updated",
            "IMPORT_COMPLETE", "+ taken over",
            "DELETE_COMPLETE", "- deleted",
            "DELETE_SKIPPED", "= kept");

    private static final String VERSION_TYPE = "AWS::Lambda::Version";
    private static final Duration SHOWN_FROM = Duration.ofMillis(50);

    private final Console console;
    private final boolean removal;
    private final Map<String, Instant> underWay = new LinkedHashMap<>();

    private ConsoleStackListener(Console console, boolean removal) {
        this.console = console;
        this.removal = removal;
    }

    /** Shows how a stack is brought to its template. */
    static ConsoleStackListener ofDeployment(Console console) {
        return new ConsoleStackListener(console, false);
    }

    /** Shows how a stack goes, and with its function the function's retained versions. */
    static ConsoleStackListener ofRemoval(Console console) {
        return new ConsoleStackListener(console, true);
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
        List<Change> added = changes.stream()
                .filter(change -> change.kind() == Change.Kind.ADD)
                .toList();
        boolean fresh = changes.stream()
                .allMatch(change -> change.kind() == Change.Kind.ADD || change.kind() == Change.Kind.IMPORT);
        if (fresh) {
            console.line("  " + console.mark(Mark.GOOD, "+ " + added.size() + " resources to create"));
        }
        for (Change change : changes) {
            if (fresh && change.kind() == Change.Kind.ADD) {
                continue;
            }
            console.line("  " + console.mark(markOf(change.kind()), change.line()));
        }
        changes.stream()
                .filter(Change::losesData)
                .forEach(change ->
                        console.warn("DATA LOSS:" + DataHolders.sentence(change).substring(1)));
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
        String took = began == null ? "" : took(Duration.between(began, event.time()));
        if (removal && event.type().equals(VERSION_TYPE) && event.status().equals("DELETE_SKIPPED")) {
            return;
        }
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

    private static String took(Duration duration) {
        return duration.compareTo(SHOWN_FROM) < 0 ? "" : Elapsed.words(duration);
    }

    private static String line(String what, ResourceEvent event, String took) {
        return String.format(Locale.ROOT, "%-12s  %-32s %-32s %s", what, event.logicalId(), event.type(), took)
                .stripTrailing();
    }

    private static Mark markOf(Change.Kind kind) {
        return switch (kind) {
            case ADD, IMPORT -> Mark.GOOD;
            case MODIFY, RECREATE -> Mark.CAUTION;
            case SYNC -> Mark.FAINT;
            case REPLACE, MAY_REPLACE, REMOVE -> Mark.BAD;
        };
    }
}
