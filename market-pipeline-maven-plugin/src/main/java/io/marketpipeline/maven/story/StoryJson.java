package io.marketpipeline.maven.story;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.schema.AuditTrailTable;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Writes a story as one JSON object, every attribute of rows and records included. */
final class StoryJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private StoryJson() {}

    static String of(EventStory story) {
        ObjectNode json = JSON.createObjectNode();
        json.put("event_id", story.eventId())
                .put("environment", story.environment())
                .put("asked_at", story.askedAt().toString());
        ArrayNode versions = json.putArray("versions");
        story.versions().forEach(version -> version(versions.addObject(), version));
        ObjectNode queue = json.putObject("dead_letter_queue");
        queue.put("letters_seen", story.queue().letters())
                .put("all_seen", story.queue().whole());
        story.queue().problem().ifPresent(problem -> queue.put("problem", problem));
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    private static void version(ObjectNode json, Version version) {
        version.eventTime()
                .ifPresent(millis ->
                        json.put("event_time", Instant.ofEpochMilli(millis).toString()));
        version.detailType().ifPresent(type -> json.put("detail_type", type));
        ArrayNode sources = json.putArray("sources");
        version.sources().forEach(sources::add);
        ArrayNode accounts = json.putArray("accounts");
        version.accounts().forEach(accounts::add);
        ArrayNode contents = json.putArray("contents_sha256");
        version.hashes().forEach(contents::add);
        ObjectNode row = json.putObject("row");
        row.put("state", version.state().where().word());
        version.state().since().ifPresent(at -> row.put("expires_at", at.toString()));
        version.state().asRecorded().ifPresent(same -> row.put("as_recorded", same));
        version.row().ifPresent(stored -> row.set("attributes", tree(stored.attributes())));
        ArrayNode published = json.putArray("published");
        version.published().forEach(event -> published(published.addObject(), event));
        ArrayNode attempts = json.putArray("attempts");
        version.attempts().forEach(attempt -> attempts.add(attempt(attempt)));
        ArrayNode letters = json.putArray("dead_letters");
        version.letters().forEach(letter -> letter(letters.addObject(), letter));
    }

    private static void published(ObjectNode json, Published event) {
        json.put("manifest", event.manifest().toString()).put("status", event.status());
        event.entryId().ifPresent(id -> json.put("entry_id", id));
        event.sentAt().ifPresent(at -> json.put("sent_at", at.toString()));
        event.reason().ifPresent(reason -> json.put("reason", reason));
        json.put("sha256", event.sha256());
    }

    /** The record as it is, its details as JSON in place of text. */
    private static ObjectNode attempt(Attempt attempt) {
        ObjectNode json = tree(attempt.record().attributes());
        if (!attempt.details().isMissingNode()) {
            json.set(AuditTrailTable.DETAILS, attempt.details());
        }
        return json.put("at", attempt.at().toString());
    }

    private static void letter(ObjectNode json, WaitingLetter letter) {
        json.put("message_id", letter.letter().messageId())
                .put("sender", letter.letter().sender().label())
                .put("reason", letter.letter().reason())
                .put("message", letter.letter().message())
                .put("first_seen", letter.letter().firstSeen().toString())
                .put("receives", letter.letter().receives())
                .put("sha256", letter.event().sha256())
                .put("other_events", letter.others());
        letter.letter().rule().ifPresent(rule -> json.put("rule", rule));
        Optional.ofNullable(letter.event().envelope().id()).ifPresent(id -> json.put("entry_id", id));
        Optional.ofNullable(letter.event().envelope().time()).ifPresent(at -> json.put("entry_time", at));
    }

    private static ObjectNode tree(Map<String, Object> attributes) {
        return JSON.valueToTree(attributes);
    }
}
