package io.marketpipeline.maven.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.operate.StackCalls;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.Elapsed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.model.IllegalStatusException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/**
 * Reads what the archive has of a span. An archive can't be listed, but replayed: to a rule that only this replay's events
 * match, into a queue of our own, so that the function gets none of them. Rule and queue are deleted at the end, at Ctrl-C, and
 * where a process was killed by the next one. For one thread.
 */
public final class ArchiveReading {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LINE_EVERY = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final AwsClients clients;
    private final PipelineConfig config;
    private final Console console;
    private final StackCalls calls;
    private final Replays replays;
    private final Patience patience;
    private final Set<String> sources;
    private final Set<String> detailTypes;

    /**
     * How long to wait.
     *
     * @param probes for the new rule to work; EventBridge says only that it may take a short period of time
     * @param quiet how long nothing must come after the replay's end
     * @param leftOver after how long what an ended run left is removed
     */
    public record Patience(Duration probes, Duration quiet, Duration leftOver) {
        public static final Patience DEFAULT =
                new Patience(Duration.ofMinutes(5), Duration.ofSeconds(20), Duration.ofMinutes(15));
    }

    public ArchiveReading(AwsClients clients, PipelineConfig config, Console console) {
        this(clients, config, console, Patience.DEFAULT);
    }

    public ArchiveReading(AwsClients clients, PipelineConfig config, Console console, Patience patience) {
        this.clients = clients;
        this.config = config;
        this.console = console;
        this.calls = new StackCalls(clients, config);
        this.replays = new Replays(clients.eventBridge(), config);
        this.patience = patience;
        this.sources = Set.copyOf(config.sources());
        this.detailTypes = config.rules().stream()
                .flatMap(rule -> rule.detailTypes().keySet().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Hands on the envelope of each event that one of the pipeline's rules matches, in no order, some perhaps twice.
     *
     * @param take called by this thread, with UTF-8 JSON
     * @throws UserFixableException if the archive doesn't have the span, or the replay fails
     */
    public void each(ReplaySpan span, Consumer<byte[]> take) throws IOException, InterruptedException {
        calls.during("read archive " + config.names().archive(), () -> {
            Instant now = Instant.now();
            BusArchive archive = replays.archive();
            span.requireIn(archive, now);
            span.lateness(archive, now).forEach(console::warn);
            leftOvers().forEach(this::remove);
            String name = ReplayRun.newName(config.names().reconciliations());
            Thread ending = new Thread(() -> abandon(name), "market-pipeline-archive-end");
            Runtime.getRuntime().addShutdownHook(ending);
            try {
                read(name, archive, span, take);
            } finally {
                remove(name);
                removeHook(ending);
            }
            return name;
        });
    }

    private void read(String name, BusArchive archive, ReplaySpan span, Consumer<byte[]> take)
            throws InterruptedException {
        ReplayedQueue.Made made = queue(name).make();
        try (QueueDrain drain = new QueueDrain(clients.sqs(), made.queueUrl())) {
            awaitRule(name, drain);
            replays.start(name, archive, span, List.of(made.ruleArn()));
            boolean ended = false;
            try {
                drain(name, drain, take);
                ended = true;
            } finally {
                if (!ended) {
                    cancel(name);
                }
            }
        }
    }

    /** Waits until the rule works: what was replayed before would be missed. */
    private void awaitRule(String name, QueueDrain drain) throws InterruptedException {
        Instant end = Instant.now().plus(patience.probes());
        ProbeRounds probes = new ProbeRounds();
        while (Instant.now().isBefore(end)) {
            List<PutEventsRequestEntry> round =
                    probes.next().stream().map(detail -> probe(name, detail)).toList();
            clients.eventBridge().putEvents(request -> request.entries(round));
            for (List<String> some = drain.some(); !some.isEmpty(); some = drain.some()) {
                some.forEach(probes::came);
            }
            if (probes.isComplete()) {
                return;
            }
            Thread.sleep(LOOK_EVERY.toMillis());
        }
        throw new UserFixableException("Rule " + name + " gives nothing after " + Elapsed.words(patience.probes())
                + "; EventBridge may be slow. Try again later");
    }

    private PutEventsRequestEntry probe(String name, String detail) {
        return PutEventsRequestEntry.builder()
                .eventBusName(config.names().eventBus())
                .source(ReplayedQueue.PROBES)
                .detailType(name)
                .detail(detail)
                .build();
    }

    private void drain(String name, QueueDrain drain, Consumer<byte[]> take) throws InterruptedException {
        long events = 0;
        Instant lastCame = Instant.now();
        Instant nextLook = Instant.EPOCH;
        Instant nextLine = Instant.now().plus(LINE_EVERY);
        ReplayProgress progress = replays.progress(name);
        while (true) {
            List<String> some = drain.some();
            Instant now = Instant.now();
            for (String body : some) {
                events += hand(body, take);
                lastCame = now;
            }
            if (!progress.hasEnded() && now.isAfter(nextLook)) {
                nextLook = now.plus(LOOK_EVERY);
                progress = replays.progress(name);
                lastCame = progress.hasEnded() ? now : lastCame;
            }
            String line = "Reading the archive: " + String.format(Locale.ROOT, "%,d", events) + " events, "
                    + progress.percent() + " % of the span";
            if (console.terminal()) {
                console.status(line);
            } else if (now.isAfter(nextLine)) {
                nextLine = now.plus(LINE_EVERY);
                console.line(line);
            }
            if (progress.hasEnded()
                    && Duration.between(lastCame, now).compareTo(patience.quiet()) >= 0
                    && drain.saysEmpty()) {
                break;
            }
        }
        if (!progress.isCompleted()) {
            throw new UserFixableException("The archive couldn't be read: replay " + name + " is " + progress.state()
                    + (progress.reason().isEmpty() ? "" : " (" + progress.reason() + ")") + ". Try again");
        }
    }

    /** Gives an event on if a rule of the pipeline matches it; returns how many it gave. */
    private int hand(String body, Consumer<byte[]> take) {
        try {
            JsonNode envelope = JSON.readTree(body);
            if (!sources.contains(envelope.path("source").asText())
                    || !detailTypes.contains(envelope.path("detail-type").asText())) {
                return 0;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("EventBridge sent what isn't JSON: " + body, e);
        }
        take.accept(body.getBytes(StandardCharsets.UTF_8));
        return 1;
    }

    /** Names of what runs that were killed have left. One that isn't surely at its end is left alone. */
    private List<String> leftOvers() {
        List<String> names = new ArrayList<>();
        String token = null;
        do {
            String page = token;
            var rules = clients.eventBridge()
                    .listRules(request -> request.eventBusName(config.names().eventBus())
                            .namePrefix(config.names().reconciliations())
                            .nextToken(page));
            rules.rules().stream()
                    .map(rule -> rule.name())
                    .filter(this::isLeftOver)
                    .forEach(names::add);
            token = rules.nextToken();
        } while (token != null);
        return names;
    }

    private boolean isLeftOver(String rule) {
        Instant made = ReplayRun.madeAt(config.names().reconciliations(), rule);
        if (made == null) {
            return false;
        }
        Instant latest = Instant.now().minus(patience.leftOver());
        return made.isBefore(latest)
                && replays.find(rule)
                        .map(replay -> replay.ended()
                                .filter(end -> end.isBefore(latest))
                                .isPresent())
                        .orElse(true);
    }

    /** The process ends while the archive is read. */
    private void abandon(String name) {
        cancel(name);
        remove(name);
    }

    private void cancel(String name) {
        try {
            replays.cancel(name);
        } catch (IllegalStatusException e) {
            // It has ended by itself.
        } catch (SdkException e) {
            console.warn("Replay " + name + " goes on, to a rule that is deleted: " + e.getMessage());
        }
    }

    private void remove(String name) {
        try {
            queue(name).remove();
        } catch (SdkException e) {
            console.warn("Rule and queue " + name + " couldn't be deleted; the next reconcile does: " + e.getMessage());
        }
    }

    private ReplayedQueue queue(String name) {
        return new ReplayedQueue(
                clients.eventBridge(), clients.sqs(), config.names().eventBus(), name);
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook itself cleans up.
        }
    }
}
