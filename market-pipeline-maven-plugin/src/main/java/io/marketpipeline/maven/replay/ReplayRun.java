package io.marketpipeline.maven.replay;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.aws.AwsEnvironment;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.RuleConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.operate.StackCalls;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.Elapsed;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.IllegalStatusException;

/**
 * Replays a span of time out of the archive and waits for the end. EventBridge does it by itself: whoever ends this process
 * ends the waiting only. For one thread.
 */
public final class ReplayRun {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

    private final PipelineConfig config;
    private final Console console;
    private final StackCalls calls;
    private final Replays replays;

    public ReplayRun(AwsClients clients, PipelineConfig config, Console console) {
        this.config = config;
        this.console = console;
        this.calls = new StackCalls(clients, config);
        this.replays = new Replays(clients.eventBridge(), config);
    }

    /** A name that no replay has yet: the prefix and the time. */
    public static String newName(String prefix) {
        return prefix + STAMP.format(Instant.now());
    }

    /** When a name was made; null if it has another prefix, or no time behind it. */
    static @Nullable Instant madeAt(String prefix, String name) {
        try {
            return name.startsWith(prefix) ? STAMP.parse(name.substring(prefix.length()), Instant::from) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /**
     * Replays, and waits for the end.
     *
     * @param rules names in the configuration; empty for all
     * @throws UserFixableException if the archive doesn't have the span, no such rule is there, or the replay didn't
     *     complete
     */
    public void start(ReplaySpan span, List<String> rules) throws IOException, InterruptedException {
        rules.forEach(this::requireRule);
        String name = newName(config.names().replays());
        calls.during("replay archive " + config.names().archive(), () -> {
            Instant now = Instant.now();
            BusArchive archive = replays.archive();
            span.requireIn(archive, now);
            span.warnings(archive, config.ttl(), now).forEach(console::warn);
            replays.start(
                    name, archive, span, rules.stream().map(replays::ruleArn).toList());
            return name;
        });
        console.line("Started replay " + name + " of " + span.from() + " to " + span.to() + " to "
                + (rules.isEmpty() ? "all rules" : "rule " + String.join(", ", rules)));
        finish(follow(name));
    }

    /** Waits for the end of a replay that runs already. */
    public void attach(String name) throws IOException, InterruptedException {
        finish(follow(name));
    }

    /** Ends a replay and waits until it has ended. What it has replayed already stays. */
    public void cancel(String name) throws IOException, InterruptedException {
        calls.during("cancel replay " + name, () -> {
            try {
                replays.progress(name);
                replays.cancel(name);
            } catch (IllegalStatusException e) {
                throw new UserFixableException(
                        "Replay " + name + " can't be cancelled: it is "
                                + replays.progress(name).state(),
                        e);
            }
            return name;
        });
        ReplayProgress end = follow(name);
        console.line("Replay " + name + " is " + end.state() + ", " + end.percent()
                + " % of the span; what it has sent to the rules stays sent");
    }

    private ReplayProgress follow(String name) throws IOException, InterruptedException {
        Thread notice = new Thread(() -> console.line(interrupted(name)), "market-pipeline-replay-end");
        Runtime.getRuntime().addShutdownHook(notice);
        try {
            return calls.during(
                    "follow replay " + name, () -> ReplayWatch.real(console).untilEnd(() -> replays.progress(name)));
        } catch (InterruptedException e) {
            console.line(interrupted(name));
            throw e;
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(notice);
            } catch (IllegalStateException e) {
                // Maven is ending, and the notice is being told.
            }
        }
    }

    private String interrupted(String name) {
        return "Interrupted, but EventBridge goes on with replay " + name + " by itself.\n  Follow it:  "
                + command("replay", "-Dattach=" + name) + "\n  End it:     " + command("replay", "-Dcancel=" + name);
    }

    private String command(String goal, String... switches) {
        return AwsEnvironment.of(config).command(goal, switches);
    }

    /** Says how it ended, or throws where it did not end well. */
    void finish(ReplayProgress end) {
        String what = "replay " + end.name() + " of " + end.span().from() + " to "
                + end.span().to();
        if (!end.isCompleted()) {
            throw new UserFixableException(capital(what) + " is " + end.state()
                    + (end.reason().isEmpty() ? "" : " (" + end.reason() + ")") + " after " + end.percent()
                    + " % of the span"
                    + end.resumption()
                            .map(time -> "; start another one with -Dfrom=" + time + " -Dto="
                                    + end.span().to() + ", what comes twice is found a duplicate")
                            .orElse("; start it again"));
        }
        console.line("Completed " + what + " in " + Elapsed.words(end.elapsed(Instant.now()))
                + end.last().map(time -> ", last event of " + time).orElse(", in which the archive has no event"));
        if (end.last().isPresent()) {
            console.line("Its events are on their way to the function; what was stored before is found a duplicate."
                    + " Look: " + command("status"));
        }
    }

    private void requireRule(String rule) {
        List<String> names = config.rules().stream().map(RuleConfig::name).toList();
        if (!names.contains(rule)) {
            throw new UserFixableException("-Drule is '" + rule + "', must be a rule of the pom: "
                    + names.stream().collect(Collectors.joining(", ")));
        }
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /**
     * A replay's name as a user typed it.
     *
     * @param option switch, for the message
     */
    public static String named(String option, String text) {
        if (!text.matches("[.\\-_A-Za-z0-9]{1,64}")) {
            throw new UserFixableException(
                    option + " is '" + text + "', must be the name of a replay, as replay printed it");
        }
        return text;
    }
}
