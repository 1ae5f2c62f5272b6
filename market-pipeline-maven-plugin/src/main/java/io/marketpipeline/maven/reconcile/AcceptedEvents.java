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
 * What the bus accepted by the publisher's manifests, and what became of each so far. An event is known by the hash of its
 * detail, which the row, the record and the manifest have alike; events that were sent twice count once. Not thread-safe.
 */
final class AcceptedEvents {
    private static final JsonMapper JSON = new JsonMapper();

    /** What an event can have become; a later constant never replaces an earlier one. */
    enum Fate {
        STORED,
        REJECTED,
        DEAD_LETTER,
        EXPIRED,
        MISSING
    }

    private final Map<String, Event> byHash = new LinkedHashMap<>();

    private static final class Event {
        private final String id;
        private Fate fate = Fate.MISSING;

        Event(String id) {
            this.id = id;
        }
    }

    /**
     * Reads manifests that {@code publish} wrote.
     *
     * @throws UserFixableException if one isn't there or isn't a manifest
     */
    static AcceptedEvents of(List<Path> manifests) throws IOException {
        AcceptedEvents events = new AcceptedEvents();
        for (Path manifest : manifests) {
            events.read(manifest);
        }
        return events;
    }

    private void read(Path manifest) throws IOException {
        int number = 0;
        try (BufferedReader lines = Files.newBufferedReader(manifest)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    add(JSON.readTree(line));
                }
            }
        } catch (NoSuchFileException e) {
            throw new UserFixableException(
                    "Manifest " + manifest
                            + " doesn't exist; -Dmanifest names files that publish wrote, as target/market-pipeline/manifest-*.jsonl");
        } catch (JsonProcessingException e) {
            throw new UserFixableException(
                    "Manifest " + manifest + ", line " + number + ", isn't JSON: " + e.getOriginalMessage()
                            + ". A killed publish may have left half a last line: remove that line, and publish the file again",
                    e);
        }
    }

    private void add(JsonNode line) {
        if (line.path("status").asText().equals("accepted")) {
            byHash.putIfAbsent(
                    line.path("sha256").asText(),
                    new Event(line.path("event_id").asText()));
        }
    }

    /** Notes what an event became; hashes that aren't ours are passed over. */
    void became(Fate fate, @Nullable Object sha256) {
        if (sha256 instanceof String hash) {
            Event event = byHash.get(hash);
            if (event != null && fate.compareTo(event.fate) < 0) {
                event.fate = fate;
            }
        }
    }

    /** Dead letters are known by the identity that the publisher gave. */
    void deadLetters(java.util.Set<String> ids) {
        for (Event event : byHash.values()) {
            if (event.fate.compareTo(Fate.DEAD_LETTER) > 0 && ids.contains(event.id)) {
                event.fate = Fate.DEAD_LETTER;
            }
        }
    }

    int size() {
        return byHash.size();
    }

    Map<Fate, Long> fates() {
        Map<Fate, Long> fates = new EnumMap<>(Fate.class);
        for (Fate fate : Fate.values()) {
            fates.put(fate, 0L);
        }
        byHash.values().forEach(event -> fates.merge(event.fate, 1L, Long::sum));
        return fates;
    }

    /** Identities of the events that became nothing. */
    List<String> missing() {
        return byHash.values().stream()
                .filter(event -> event.fate == Fate.MISSING)
                .map(event -> event.id)
                .toList();
    }
}
