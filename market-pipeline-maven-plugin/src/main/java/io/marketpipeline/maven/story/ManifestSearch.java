package io.marketpipeline.maven.story;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.marketpipeline.maven.config.UserFixableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds an event in manifests, by the identity that the publisher gave it or by the hash of its content. */
final class ManifestSearch {
    private static final JsonMapper JSON = new JsonMapper();

    private ManifestSearch() {}

    /**
     * The lines of an event.
     *
     * @throws UserFixableException if a manifest isn't there
     */
    static List<Published> of(List<Path> manifests, String eventId, Set<String> hashes) throws IOException {
        List<Published> found = new ArrayList<>();
        for (Path manifest : manifests) {
            try (BufferedReader lines = Files.newBufferedReader(manifest)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    read(manifest, line)
                            .filter(event -> event.eventId().equals(eventId) || hashes.contains(event.sha256()))
                            .ifPresent(found::add);
                }
            } catch (NoSuchFileException e) {
                throw new UserFixableException("Manifest " + manifest + " doesn't exist; -Dmanifest names files that"
                        + " publish wrote, as target/market-pipeline/manifest-*.jsonl");
            }
        }
        return found;
    }

    /** Empty for what is no event's line; half a last line is one that a killed publish left. */
    private static Optional<Published> read(Path manifest, String line) {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        if (!node.path("sha256").isTextual()) {
            return Optional.empty();
        }
        return Optional.of(new Published(
                manifest,
                node.path("event_id").asText(),
                node.path("sha256").asText(),
                node.path("status").asText(),
                text(node, "entry_id"),
                node.path("sent_at_ms").isNumber()
                        ? Optional.of(
                                Instant.ofEpochMilli(node.path("sent_at_ms").asLong()))
                        : Optional.empty(),
                text(node, "code")
                        .map(code -> (code + " " + node.path("message").asText()).strip())));
    }

    private static Optional<String> text(JsonNode node, String name) {
        return node.path(name).isTextual() ? Optional.of(node.path(name).asText()) : Optional.empty();
    }
}
