package io.marketpipeline.maven.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.marketpipeline.maven.config.UserFixableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the bus accepted, by the publisher's manifests or by the archive, and what became of each so far. Events that were sent
 * twice count once. Not thread-safe.
 */
final class AcceptedEvents {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String NAMES =
            "-Dmanifest names files that publish wrote, as target/market-pipeline/manifest-*.jsonl";

    /** What an event can have become; a later constant never replaces an earlier one. */
    enum Fate {
        STORED,
        REJECTED,
        DEAD_LETTER,
        EXPIRED,
        MISSING
    }

    private final boolean byIdentity;
    private final Map<Sha256, Event> events = new LinkedHashMap<>();

    private static final class Event {
        private final String id;
        private Fate fate = Fate.MISSING;

        Event(String id) {
            this.id = id;
        }
    }

    private AcceptedEvents(boolean byIdentity) {
        this.byIdentity = byIdentity;
    }

    /**
     * Reads manifests that {@code publish} wrote. An event is known by the hash of its detail, which row, record and manifest
     * have alike, since a manifest has the identity that the publisher gave, not the function's.
     *
     * @throws UserFixableException if one isn't there, is empty or isn't a manifest
     */
    static AcceptedEvents ofManifests(List<Path> manifests) throws IOException {
        AcceptedEvents events = new AcceptedEvents(false);
        for (Path manifest : manifests) {
            events.read(manifest);
        }
        return events;
    }

    /** None yet; each is known by the function's identity and the hash, so that equal details are told apart. */
    static AcceptedEvents byIdentity() {
        return new AcceptedEvents(true);
    }

    private void read(Path manifest) throws IOException {
        int number = 0;
        boolean empty = true;
        try (BufferedReader lines = Files.newBufferedReader(manifest)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    empty = false;
                    add(JSON.readTree(line), manifest, number);
                }
            }
        } catch (NoSuchFileException e) {
            throw new UserFixableException("Manifest " + manifest + " doesn't exist; " + NAMES);
        } catch (JsonProcessingException e) {
            throw new UserFixableException(
                    "Manifest " + manifest + ", line " + number + ", isn't JSON: " + e.getOriginalMessage()
                            + ". A killed publish may have left half a last line: remove that line, and publish the file again",
                    e);
        }
        if (empty) {
            throw new UserFixableException(
                    "Manifest " + manifest + " is empty: it says of no event that the bus accepted"
                            + " it. Leave it out, and publish the file again whose publish was killed so early");
        }
    }

    /** A line without what we need would make its event count as never accepted. */
    private void add(JsonNode line, Path manifest, int number) {
        boolean accepted = line.path("status").asText().equals("accepted");
        boolean known = line.path("event_id").isTextual() && line.path("sha256").isTextual();
        if (!line.path("status").isTextual() || (accepted && !known)) {
            throw new UserFixableException(
                    "Manifest " + manifest + " is none: line " + number + " isn't one that publish writes; " + NAMES);
        }
        if (accepted) {
            accept(line.path("event_id").asText(), line.path("sha256").asText());
        }
    }

    void accept(String eventId, String sha256) {
        events.putIfAbsent(key(eventId, sha256), new Event(eventId));
    }

    private Sha256 key(String eventId, String sha256) {
        return byIdentity ? Sha256.ofText(sha256 + ' ' + eventId) : Sha256.of(sha256);
    }

    /** Notes what an event became; those that aren't ours are passed over. */
    void became(Fate fate, @Nullable Object eventId, @Nullable Object sha256) {
        if (eventId instanceof String id && sha256 instanceof String hash) {
            became(fate, events.get(key(id, hash)));
        }
    }

    private static void became(Fate fate, @Nullable Event event) {
        if (event != null && fate.compareTo(event.fate) < 0) {
            event.fate = fate;
        }
    }

    int size() {
        return events.size();
    }

    Map<Fate, Long> fates() {
        Map<Fate, Long> fates = new EnumMap<>(Fate.class);
        for (Fate fate : Fate.values()) {
            fates.put(fate, 0L);
        }
        events.values().forEach(event -> fates.merge(event.fate, 1L, Long::sum));
        return fates;
    }

    /** Identities of the events that became nothing. */
    List<String> missing() {
        return events.values().stream()
                .filter(event -> event.fate == Fate.MISSING)
                .map(event -> event.id)
                .toList();
    }
}
