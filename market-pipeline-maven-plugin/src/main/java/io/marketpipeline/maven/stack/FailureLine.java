package io.marketpipeline.maven.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** What a line of the function's log says in a few words: its own lines are JSON, and what went wrong stands at their end. */
final class FailureLine {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FailureLine() {}

    /** The line itself where it isn't one of the function's own. */
    static String words(String line) {
        JsonNode json = tree(line);
        String message = json.path("message").asText();
        if (message.isEmpty()) {
            return line;
        }
        String event = json.path("eventId").asText();
        String problem = json.path("problem").asText();
        return message + (event.isEmpty() ? "" : ", " + event) + (problem.isEmpty() ? "" : ": " + problem);
    }

    private static JsonNode tree(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
