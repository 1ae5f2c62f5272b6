package io.marketpipeline.lambda;

import com.fasterxml.jackson.core.JsonGenerator;
import io.marketpipeline.processor.ProcessingOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The function's answer: status code and body as the Terraform original's, the outcome beside them. Several events are
 * answered with their outcomes in the same order, a queue with the messages that it shall hand out again.
 */
final class Answer {
    private Answer() {}

    static byte[] toSingle(ProcessingOutcome outcome) {
        return bytes(json -> {
            json.writeNumberField("statusCode", 200);
            json.writeStringField("body", LineWriter.object(body -> {
                body.writeStringField("message", message(outcome));
                event(body, outcome);
            }));
            outcome(json, outcome);
        });
    }

    static byte[] toArray(List<ProcessingOutcome> outcomes) {
        return bytes(json -> {
            json.writeNumberField("statusCode", 200);
            json.writeStringField("body", LineWriter.object(body -> {
                body.writeStringField("message", "Events processed");
                body.writeNumberField("events", outcomes.size());
            }));
            json.writeArrayFieldStart("outcomes");
            for (ProcessingOutcome outcome : outcomes) {
                json.writeStartObject();
                event(json, outcome);
                outcome(json, outcome);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /**
     * Lambda deletes the messages that aren't named (Lambda developer guide, "Reporting batch item failures"); an empty id
     * makes it keep them all.
     */
    static byte[] toQueue(List<String> failedMessages) {
        return bytes(json -> {
            json.writeArrayFieldStart("batchItemFailures");
            for (String id : failedMessages) {
                json.writeStartObject();
                json.writeStringField("itemIdentifier", id);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static byte[] bytes(LineWriter.Content content) {
        return LineWriter.object(content).getBytes(StandardCharsets.UTF_8);
    }

    private static String message(ProcessingOutcome outcome) {
        if (outcome instanceof ProcessingOutcome.Duplicate) {
            return "Event was stored before";
        }
        if (outcome instanceof ProcessingOutcome.Rejected rejected) {
            return "Event was refused: " + rejected.rejection().message();
        }
        return "Event processed successfully";
    }

    private static void event(JsonGenerator json, ProcessingOutcome outcome) throws IOException {
        json.writeStringField("event_id", outcome.eventId());
        json.writeNumberField("timestamp", outcome.timestampMillis());
    }

    private static void outcome(JsonGenerator json, ProcessingOutcome outcome) throws IOException {
        json.writeStringField("outcome", outcome.status().name());
        if (outcome instanceof ProcessingOutcome.Rejected rejected) {
            json.writeStringField("reason", rejected.rejection().reason());
            if (rejected.rejection().field() != null) {
                json.writeStringField("field", rejected.rejection().field());
            }
        }
    }
}
