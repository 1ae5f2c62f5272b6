package io.marketpipeline.maven.operate;

import io.marketpipeline.maven.output.Console;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Waits until each accepted event is a row or a dead letter. Asks for the oldest missing ones first and for no more
 * than seem to be there. For one thread, one use.
 */
final class Arrivals {
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration STALLED = Duration.ofSeconds(3);
    private static final Duration LINE_EVERY = Duration.ofSeconds(5);
    private static final int LETTERS = 10_000;

    private final StoredRows rows;
    private final DeadLetterQueue letters;
    private final LetterEvents reader;
    private final Console console;
    private final InstantSource clock;
    private final Pause pause;
    private final Map<Content, Sent> missing = new LinkedHashMap<>();
    private final Map<Content, Sent> conflicting = new LinkedHashMap<>();
    private final List<Sent> stored = new ArrayList<>();
    private final List<Long> latencies = new ArrayList<>();
    private final Set<Sent.RowKey> dead = new HashSet<>();
    private Instant lastStored = Instant.EPOCH;
    private LetterLook look = new LetterLook(0, 0, 0);

    /** Two events may claim one row with different content: one of them is the row, the other a dead letter. */
    private record Content(Sent.RowKey row, String sha256) {
        static Content of(Sent event) {
            return new Content(event.key(), event.sha256());
        }
    }

    /** Waits; tests put in one that doesn't. */
    interface Pause {
        void pause(Duration duration) throws InterruptedException;
    }

    Arrivals(
            StoredRows rows,
            DeadLetterQueue letters,
            LetterEvents reader,
            Console console,
            InstantSource clock,
            Pause pause) {
        this.rows = rows;
        this.letters = letters;
        this.reader = reader;
        this.console = console;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * What arrived.
     *
     * @param stored events that are rows
     * @param dead events that are dead letters
     * @param missing events that are neither
     * @param latencies milliseconds from sending to storing of the rows that were stored after they were sent
     * @param lastStored when the last row was written
     * @param look how far the dead letters were seen, the last time
     */
    record Result(
            List<Sent> stored,
            Set<Sent.RowKey> dead,
            List<Sent> missing,
            List<Long> latencies,
            Instant lastStored,
            LetterLook look) {}

    /**
     * Waits.
     *
     * @param patience how long to wait without anything arriving
     */
    Result await(List<Sent> accepted, Duration patience) throws InterruptedException {
        accepted.forEach(event -> missing.merge(Content.of(event), event, Arrivals::firstSent));
        int all = missing.size();
        Instant progress = clock.instant();
        Instant nextLine = progress.plus(LINE_EVERY);
        Instant nextLook = progress.plus(STALLED);
        while (!missing.isEmpty() || !conflicting.isEmpty()) {
            int before = missing.size() + conflicting.size();
            lookForRows();
            Instant now = clock.instant();
            if (missing.size() + conflicting.size() < before) {
                progress = now;
                nextLook = now.plus(STALLED);
            } else if (!now.isBefore(nextLook)) {
                nextLook = now.plus(STALLED);
                if (lookForDeadLetters()) {
                    progress = now;
                }
            }
            if (now.isAfter(progress.plus(patience))) {
                break;
            }
            if (!now.isBefore(nextLine) || console.terminal()) {
                nextLine = now.plus(LINE_EVERY);
                show(all);
            }
            if (!missing.isEmpty() || !conflicting.isEmpty()) {
                pause.pause(POLL);
            }
        }
        List<Sent> left = new ArrayList<>(missing.values());
        left.addAll(conflicting.values());
        return new Result(stored, dead, left, latencies, lastStored, look);
    }

    /** Of an event that was sent twice, the first made the row. */
    private static Sent firstSent(Sent one, Sent other) {
        return other.sentAt().isBefore(one.sentAt()) ? other : one;
    }

    private void lookForRows() {
        List<Sent> wanted = List.copyOf(missing.values());
        for (int from = 0; from < wanted.size(); from += StoredRows.BATCH) {
            List<Sent> batch = wanted.subList(from, Math.min(from + StoredRows.BATCH, wanted.size()));
            Map<Sent.RowKey, StoredRows.Row> found = rows.rows(batch);
            batch.forEach(event -> arrived(event, found.get(event.key())));
            if (found.size() < batch.size() / 2) {
                return;
            }
        }
    }

    private void arrived(Sent event, StoredRows.@org.jspecify.annotations.Nullable Row row) {
        if (row == null) {
            return;
        }
        missing.remove(Content.of(event));
        if (!row.sha256().isEmpty() && !row.sha256().equals(event.sha256())) {
            // Somebody else's content under this identity: ours must turn up as a dead letter.
            conflicting.put(Content.of(event), event);
            return;
        }
        stored.add(event);
        long latency = row.storedAtMillis() - event.sentAt().toEpochMilli();
        if (latency >= 0) {
            latencies.add(latency);
            Instant at = Instant.ofEpochMilli(row.storedAtMillis());
            lastStored = at.isAfter(lastStored) ? at : lastStored;
        }
    }

    /** True if there were some of ours. */
    private boolean lookForDeadLetters() {
        Set<Sent.RowKey> gone = new HashSet<>();
        List<Sent> wanted = new ArrayList<>(missing.values());
        wanted.addAll(conflicting.values());
        for (int from = 0; from < wanted.size(); from += StoredRows.BATCH) {
            gone.addAll(
                    rows.audited(wanted.subList(from, Math.min(from + StoredRows.BATCH, wanted.size())), "REJECTED"));
        }
        Set<String> inQueue = new HashSet<>();
        look = letters.browse(LETTERS, letter -> reader.of(letter).forEach(event -> inQueue.add(event.eventId())));
        wanted.stream()
                .map(Sent::key)
                .filter(key -> inQueue.contains(key.eventId()))
                .forEach(gone::add);
        lookForRowsOf(gone);
        dead.addAll(gone);
        missing.keySet().removeIf(content -> gone.contains(content.row()));
        conflicting.keySet().removeIf(content -> gone.contains(content.row()));
        return !gone.isEmpty();
    }

    /** An event refused for another's sake has the same key: that other one is a row by now, if it wasn't a moment ago. */
    private void lookForRowsOf(Set<Sent.RowKey> keys) {
        List<Sent> claimants = missing.values().stream()
                .filter(event -> keys.contains(event.key()))
                .toList();
        for (int from = 0; from < claimants.size(); from += StoredRows.BATCH) {
            List<Sent> batch = claimants.subList(from, Math.min(from + StoredRows.BATCH, claimants.size()));
            Map<Sent.RowKey, StoredRows.Row> found = rows.rows(batch);
            batch.forEach(event -> arrived(event, found.get(event.key())));
        }
    }

    private void show(int all) {
        int left = missing.size() + conflicting.size();
        String text = String.format(
                Locale.ROOT,
                "Processing: %,d of %,d (%d %%), %,d stored, %,d dead letters",
                all - left,
                all,
                100L * (all - left) / Math.max(all, 1),
                stored.size(),
                dead.size());
        if (console.terminal()) {
            console.status(text);
        } else {
            console.line(text);
        }
    }
}
