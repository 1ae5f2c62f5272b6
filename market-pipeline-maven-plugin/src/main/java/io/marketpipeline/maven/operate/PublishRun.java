package io.marketpipeline.maven.operate;

import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.Elapsed;
import io.marketpipeline.maven.output.ShownPath;
import io.marketpipeline.maven.output.Visible;
import io.marketpipeline.publish.MarketEventPublisher;
import io.marketpipeline.publish.OutgoingEvent;
import io.marketpipeline.publish.PublishListener;
import io.marketpipeline.publish.PublishResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** Publishes files: checks them, sends their rows, shows progress, and writes the manifest. For one thread, one use. */
public final class PublishRun {
    private static final int SHOWN = 20;
    private static final int FRACTION_BELOW = 10;
    private static final Duration LINE_EVERY = Duration.ofSeconds(5);

    /** How long a run that is ended waits for the bus's answers, so that the manifest has them. */
    private static final Duration ANSWERS = Duration.ofSeconds(5);

    private final EventBridgeClient client;
    private final Settings settings;
    private final Console console;
    private final InstantSource clock;
    private final Arrivals.Pause pause;
    private final Map<OutgoingEvent, OnItsWay> onTheirWay = Collections.synchronizedMap(new IdentityHashMap<>());
    private final List<Sent> accepted = Collections.synchronizedList(new ArrayList<>());
    private final List<PublishResult> failed = Collections.synchronizedList(new ArrayList<>());
    private volatile @Nullable FaultyFeed feed;
    private long malformed;
    private Instant nextLine = Instant.MAX;

    /**
     * How to publish.
     *
     * @param bus name of the bus
     * @param source of the events
     * @param pacing how fast
     * @param injection what goes wrong on purpose
     * @param packed whether many events go in one entry
     * @param malformed what is done about rows that make no event
     * @param identity fields of {@code detail} that are an event's identity
     */
    public record Settings(
            String bus,
            String source,
            Pacing pacing,
            Injection injection,
            boolean packed,
            MalformedPolicy malformed,
            List<String> identity) {
        public Settings {
            identity = List.copyOf(identity);
        }
    }

    private record OnItsWay(Tick.Good tick, Optional<Injection.Fault> injected) {}

    public PublishRun(EventBridgeClient client, Settings settings, Console console) {
        this(
                client,
                settings,
                console,
                InstantSource.system(),
                duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos()));
    }

    PublishRun(
            EventBridgeClient client, Settings settings, Console console, InstantSource clock, Arrivals.Pause pause) {
        this.pause = pause;
        this.client = client;
        this.settings = settings;
        this.console = console;
        this.clock = clock;
    }

    /**
     * Sends the rows of all files, in order.
     *
     * @param manifest file to write what became of each row to
     * @throws UserFixableException if rows are malformed and the policy is to fail: then nothing was sent
     */
    PublishOutcome publish(List<InputFile> files, Path manifest) throws IOException, InterruptedException {
        long rows = check(files);
        Instant started = clock.instant();
        nextLine = started.plus(LINE_EVERY);
        try (Manifest written = Manifest.create(manifest)) {
            EarlyEnd end = EarlyEnd.of(ANSWERS, () -> tellInterrupted(rows, written));
            try (end) {
                send(files, written, rows, started, end);
                if (Thread.interrupted()) {
                    // The publisher's end gives up what isn't sent, and leaves the flag to its caller.
                    throw new InterruptedException("interrupted while the last events were sent");
                }
            } catch (InterruptedException e) {
                if (!end.hasBegun()) {
                    tellInterrupted(rows, written);
                }
                throw e;
            }
        }
        Duration elapsed = Duration.between(started, clock.instant());
        console.line("Published " + count(accepted.size(), "event") + " to " + settings.bus() + " in "
                + Elapsed.words(elapsed) + " (" + rate(accepted.size(), elapsed) + " events/s); manifest "
                + ShownPath.of(manifest));
        return new PublishOutcome(accepted, failed, malformed, prefixes(files), started, elapsed, manifest);
    }

    /** Reads all files through, so that a bad row on the last line is found before the first is sent. */
    private long check(List<InputFile> files) throws IOException {
        long rows = 0;
        List<String> problems = new ArrayList<>();
        for (InputFile file : files) {
            try (TickReader reader = TickReader.open(file, settings.source())) {
                for (Optional<Tick> tick = reader.next(); tick.isPresent(); tick = reader.next()) {
                    rows++;
                    if (tick.get() instanceof Tick.Malformed bad) {
                        problems.add(file.path() + " line " + bad.line() + " " + bad.reason());
                    }
                }
            }
        }
        if (settings.malformed() == MalformedPolicy.FAIL && !problems.isEmpty()) {
            throw new UserFixableException(count(problems.size(), "row") + " of " + rows
                    + " can't be published, so nothing was sent:\n" + shown(problems)
                    + "\nMend them, or leave them out with -DonMalformed=skip (<onMalformed>)");
        }
        if (rows == 0) {
            throw new UserFixableException("There is no row in "
                    + files.stream().map(file -> file.path().toString()).toList() + ": nothing was sent");
        }
        return rows;
    }

    private void send(List<InputFile> files, Manifest manifest, long rows, Instant started, EarlyEnd end)
            throws IOException, InterruptedException {
        try (MarketEventPublisher publisher = MarketEventPublisher.builder(client, settings.bus())
                        .eventsPerSecond(settings.pacing().rate())
                        .packed(settings.packed())
                        .onResults(new Results(manifest, rows, started))
                        .build();
                TapeReader tape = TapeReader.open(
                        files, settings.source(), settings.pacing().asRecorded())) {
            FaultyFeed faulty = new FaultyFeed(tape, settings.injection());
            feed = faulty;
            TapeClock tapeClock = new TapeClock(settings.pacing().speed(), clock, pause);
            for (Optional<TickSource.Fed> fed = faulty.next(); fed.isPresent(); fed = faulty.next()) {
                if (fed.get().tick() instanceof Tick.Good good) {
                    if (settings.pacing().asRecorded()) {
                        tapeClock.await(good.eventTime());
                    }
                    publish(publisher, good, fed.get().injected());
                } else if (fed.get().tick() instanceof Tick.Malformed bad) {
                    leaveOut(fed.get().file(), bad, manifest);
                }
            }
            end.finishing();
        }
        tellInjected();
    }

    private void publish(MarketEventPublisher publisher, Tick.Good tick, Optional<Injection.Fault> injected)
            throws InterruptedException {
        onTheirWay.put(tick.event(), new OnItsWay(tick, injected));
        try {
            publisher.publish(tick.event());
        } catch (InterruptedException e) {
            // It wasn't taken.
            onTheirWay.remove(tick.event());
            throw e;
        }
    }

    private void tellInjected() {
        FaultyFeed faulty = feed;
        if (faulty != null && !settings.injection().isNone()) {
            List<String> faults = faulty.counts().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(fault -> String.format(
                            Locale.ROOT,
                            "%,d %s",
                            fault.getValue(),
                            fault.getKey().label()))
                    .toList();
            console.line("Injected " + (faults.isEmpty() ? "nothing" : String.join(", ", faults)) + "; -Dseed="
                    + settings.injection().seed() + " injects the same again");
        }
    }

    private void leaveOut(InputFile file, Tick.Malformed bad, Manifest manifest) throws IOException {
        malformed++;
        if (malformed <= SHOWN) {
            console.warn("Left out: " + file.path() + " line " + bad.line() + " " + bad.reason());
        } else if (malformed == SHOWN + 1) {
            console.warn("More malformed rows are in " + manifest.file() + " only");
        }
        synchronized (manifest) {
            manifest.malformed(file, bad);
        }
    }

    private void tellInterrupted(long rows, Manifest manifest) {
        console.line("Publishing was interrupted: " + accepted.size() + " of " + rows + " events were accepted, "
                + failed.size() + " were not, " + onTheirWay.size() + " had no answer yet. "
                + ShownPath.of(manifest.file())
                + " says which. To publish the rest, publish the same files again: what was accepted is stored once");
        tellInjected();
    }

    private Set<String> prefixes(List<InputFile> files) {
        Set<String> prefixes = new HashSet<>();
        if (settings.identity().equals(List.of("event_id"))) {
            files.forEach(file -> prefixes.add(file.dataSet() + ":"));
        }
        return prefixes;
    }

    static String rate(long events, Duration elapsed) {
        double seconds = Math.max(elapsed.toMillis(), 1) / 1000.0;
        double rate = events / seconds;
        return String.format(Locale.ROOT, rate < FRACTION_BELOW ? "%.1f" : "%,.0f", rate);
    }

    static String count(long number, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
    }

    static String shown(List<String> lines) {
        String first = String.join(
                "\n",
                lines.stream().limit(SHOWN).map(line -> "  " + Visible.of(line)).toList());
        return lines.size() > SHOWN ? first + "\n  and " + (lines.size() - SHOWN) + " more" : first;
    }

    /** Called by one thread at a time. */
    private final class Results implements PublishListener {
        private final Manifest manifest;
        private final long rows;
        private final Instant started;
        private final StoredIdentity identity = new StoredIdentity(settings.identity());

        private Results(Manifest manifest, long rows, Instant started) {
            this.manifest = manifest;
            this.rows = rows;
            this.started = started;
        }

        @Override
        public void onResults(List<PublishResult> results) {
            synchronized (manifest) {
                manifest.results(results, this::injected);
            }
            for (PublishResult result : results) {
                OnItsWay sent = onTheirWay.remove(result.event());
                if (result instanceof PublishResult.Accepted taken && sent != null) {
                    accepted.add(sent(taken, sent.tick()));
                } else {
                    failed.add(result);
                }
            }
            progress();
        }

        @Override
        public void onLargeEntry(OutgoingEvent event, int bytes) {
            console.warn(Visible.of(event.eventId()) + " has " + bytes
                    + " bytes; endpoints that still take 256 KB at most will refuse it");
        }

        @Override
        public void onRetry(int events, String code) {
            console.status("Sending " + count(events, "event") + " again after " + code);
        }

        private Optional<Injection.Fault> injected(PublishResult result) {
            OnItsWay sent = onTheirWay.get(result.event());
            return sent == null ? Optional.empty() : sent.injected();
        }

        private Sent sent(PublishResult.Accepted taken, Tick.Good tick) {
            String id = identity.of(taken.event(), taken.entryId());
            Sent.RowKey key = new Sent.RowKey(id, tick.eventTime().toEpochMilli());
            return new Sent(key, tick.symbol(), taken.sentAt(), Sent.sha256(taken.event()));
        }

        private void progress() {
            Instant now = clock.instant();
            int done = accepted.size() + failed.size();
            long all = Math.max(rows, (long) done + onTheirWay.size()); // injected ones come on top
            String text = String.format(
                    Locale.ROOT,
                    "Publishing: %,d of %,d (%d %%), %s events/s%s",
                    done,
                    all,
                    100L * done / Math.max(all, 1),
                    rate(done, Duration.between(started, now)),
                    failed.isEmpty() ? "" : ", " + failed.size() + " not accepted");
            if (console.terminal()) {
                console.status(text);
            } else if (now.isAfter(nextLine)) {
                nextLine = now.plus(LINE_EVERY);
                console.line(text);
            }
        }
    }
}
