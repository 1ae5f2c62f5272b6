package io.marketpipeline.maven.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.marketpipeline.maven.operate.DeadLetter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which events a dead letter holds: one, several, or a pack of them. */
final class LetterIdentities {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String EVENT_ID = "event_id";

    private LetterIdentities() {}

    /** Identities that the publisher gave; empty where the body isn't JSON and the sender said none. */
    static Set<String> of(DeadLetter letter) {
        Set<String> ids = new HashSet<>();
        letter.eventId().ifPresent(ids::add);
        try {
            JsonNode body = JSON.readTree(letter.body());
            (body.isArray() ? body : List.of(body)).forEach(envelope -> {
                JsonNode detail = envelope.path("detail");
                add(detail, ids);
                detail.path("events").forEach(event -> add(event, ids));
            });
        } catch (JsonProcessingException e) {
            return ids;
        }
        return ids;
    }

    private static void add(JsonNode event, Set<String> ids) {
        if (event.path(EVENT_ID).isTextual()) {
            ids.add(event.path(EVENT_ID).asText());
        }
    }
}
