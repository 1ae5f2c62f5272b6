package io.marketpipeline.maven.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.Elapsed;
import io.marketpipeline.maven.output.Mark;
import io.marketpipeline.maven.output.Table;
import io.marketpipeline.maven.output.Visible;
import io.marketpipeline.maven.stack.DriftedResource.DriftedProperty;
import io.marketpipeline.maven.stack.StatusReport.AlarmState;
import io.marketpipeline.maven.stack.StatusReport.LiveState;
import io.marketpipeline.maven.stack.StatusReport.QueueState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes a status for people, or as JSON for scripts. */
public final class StatusText {
    private static final int SHOWN_LINE = 160;
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private StatusText() {}

    /** Writes it for a person. */
    public static void print(StatusReport report, Console console) {
        console.result("Stack    " + report.stack() + "  " + statusMark(report, console) + " since " + report.since()
                + report.reason().map(why -> "  " + why).orElse(""));
        report.live()
                .ifPresentOrElse(
                        live -> live(live, console),
                        () -> console.result("Live     " + console.mark(Mark.BAD, "no function with an alias live")));
        alarms(report.alarms(), console);
        queues(report.queues(), console);
        console.result("Errors   "
                + (report.errors().isEmpty() ? "none in the function's log since " : "the function's last since ")
                + report.errorsSince().truncatedTo(ChronoUnit.SECONDS));
        report.errors()
                .forEach(line -> console.result("  " + line.time() + "  " + cut(FailureLine.words(line.text()))));
        report.drift().ifPresent(drift -> drift(drift, console));
        console.result("Outputs");
        Table outputs = Table.plain();
        report.outputs().entrySet().stream()
                .filter(output -> !output.getValue().startsWith("arn:"))
                .forEach(output -> outputs.row("  " + output.getKey(), output.getValue()));
        outputs.lines().forEach(console::result);
    }

    /** The same, whole, as one JSON object. */
    public static String json(StatusReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("stack", report.stack());
        json.put("status", report.status());
        report.reason().ifPresent(why -> json.put("reason", why));
        json.put("since", report.since().toString());
        report.live().ifPresent(live -> json.put("live", liveJson(live)));
        json.put("alarms", report.alarms().stream().map(StatusText::alarmJson).toList());
        json.put("queues", report.queues().stream().map(StatusText::queueJson).toList());
        json.put("errorsSince", report.errorsSince().toString());
        json.put(
                "errors",
                report.errors().stream()
                        .map(line -> Map.of("time", line.time().toString(), "line", line.text()))
                        .map(TreeMap::new)
                        .toList());
        report.drift().ifPresent(drift -> json.put("drift", driftJson(drift)));
        json.put("outputs", report.outputs());
        try {
            return Visible.lines(JSON.writeValueAsString(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a status is made of texts and numbers", e);
        }
    }

    private static String statusMark(StatusReport report, Console console) {
        boolean well = report.status().endsWith("_COMPLETE") && !report.status().contains("ROLLBACK");
        return console.mark(well ? Mark.GOOD : Mark.CAUTION, report.status());
    }

    private static void live(LiveState live, Console console) {
        console.result("Live     " + live.version()
                + live.published().map(at -> ", published " + at).orElse("")
                + (live.code().isEmpty() ? "" : ", code " + live.code()) + "; " + count(live.kept(), "version")
                + " kept");
        if (live.moved()) {
            console.result("  "
                    + console.mark(
                            Mark.CAUTION,
                            "the stack stands for version " + live.deployed().orElse(0) + ": "
                                    + live.explanation()
                                            .orElse("somebody moved live by hand; deploy points it there again")));
        }
    }

    private static void alarms(List<AlarmState> alarms, Console console) {
        Map<String, Long> counts =
                alarms.stream().collect(Collectors.groupingBy(AlarmState::state, TreeMap::new, Collectors.counting()));
        String summary = counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
        console.result("Alarms   " + (alarms.isEmpty() ? "none" : summary));
        alarms.stream()
                .filter(alarm -> alarm.state().equals("ALARM"))
                .forEach(alarm -> console.result("  " + console.mark(Mark.BAD, "ALARM") + "  " + alarm.name()
                        + alarm.since().map(at -> " since " + at).orElse("") + "  " + cut(alarm.reason())));
    }

    private static void queues(List<QueueState> queues, Console console) {
        console.result("Queues");
        Table table = Table.plain();
        queues.forEach(queue -> table.row(
                "  " + queue.name(),
                queue.deadLetters() ? "dead letters" : "events",
                queue.messages() == 0 ? "empty" : queue.messages() + " (" + queue.held() + " received and not deleted)",
                queue.oldest().map(age -> "oldest " + Elapsed.words(age)).orElse("")));
        table.lines().forEach(console::result);
    }

    private static void drift(StackDrift.Found drift, Console console) {
        List<DriftedResource> strange = drift.resources().stream()
                .filter(resource -> resource.explanation().isEmpty())
                .toList();
        if (strange.isEmpty()) {
            console.result("Drift    " + (drift.problem().isPresent() ? "" : "none: everything is as it was deployed"));
        } else {
            console.result("Drift    "
                    + console.mark(
                            Mark.CAUTION, count(strange.size(), "resource") + " changed by hand since the deployment"));
        }
        drift.problem().ifPresent(problem -> console.result("  " + console.mark(Mark.CAUTION, problem)));
        strange.forEach(resource -> resource(resource, console));
        if (!strange.isEmpty()) {
            console.result("  `deploy -DrevertDrift` puts it back; `plan -DrevertDrift` shows what that would do");
        }
        drift.resources().stream()
                .filter(resource -> resource.explanation().isPresent())
                .forEach(resource -> console.result("  = " + resource.logicalId() + "  not by hand: "
                        + resource.explanation().orElse("")));
    }

    private static void resource(DriftedResource resource, Console console) {
        console.result("  " + (resource.deleted() ? "- " : "~ ") + resource.logicalId() + "  " + resource.type() + "  "
                + resource.physicalId() + (resource.deleted() ? "  was deleted" : ""));
        Table table = Table.plain();
        resource.properties().forEach(property -> table.row("      " + property.name(), cut(property.words())));
        table.lines().forEach(console::result);
    }

    private static Map<String, Object> liveJson(LiveState live) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", live.version());
        live.published().map(Instant::toString).ifPresent(at -> json.put("published", at));
        json.put("code", live.code());
        live.deployed().ifPresent(number -> json.put("deployedVersion", number));
        json.put("moved", live.moved());
        live.explanation().ifPresent(why -> json.put("explanation", why));
        json.put("versionsKept", live.kept());
        return json;
    }

    private static Map<String, Object> alarmJson(AlarmState alarm) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", alarm.name());
        json.put("state", alarm.state());
        alarm.since().map(Instant::toString).ifPresent(at -> json.put("since", at));
        json.put("reason", alarm.reason());
        return json;
    }

    private static Map<String, Object> queueJson(QueueState queue) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", queue.name());
        json.put("deadLetters", queue.deadLetters());
        json.put("waiting", queue.waiting());
        json.put("held", queue.held());
        queue.oldest().map(Duration::toSeconds).ifPresent(age -> json.put("oldestSeconds", age));
        return json;
    }

    private static Map<String, Object> driftJson(StackDrift.Found drift) {
        Map<String, Object> json = new LinkedHashMap<>();
        drift.problem().ifPresent(problem -> json.put("problem", problem));
        json.put(
                "resources",
                drift.resources().stream().map(StatusText::resourceJson).toList());
        return json;
    }

    static Map<String, Object> resourceJson(DriftedResource resource) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("logicalId", resource.logicalId());
        json.put("physicalId", resource.physicalId());
        json.put("type", resource.type());
        json.put("deleted", resource.deleted());
        resource.explanation().ifPresent(why -> json.put("explanation", why));
        json.put(
                "properties",
                resource.properties().stream().map(StatusText::propertyJson).toList());
        return json;
    }

    private static Map<String, Object> propertyJson(DriftedProperty property) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", property.path());
        property.expected().ifPresent(value -> json.put("expected", value));
        property.actual().ifPresent(value -> json.put("actual", value));
        return json;
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String cut(String text) {
        String line = Visible.of(text.replace('\n', ' '));
        return line.length() > SHOWN_LINE ? line.substring(0, SHOWN_LINE - 1) + "…" : line;
    }
}
