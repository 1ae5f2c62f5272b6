package io.marketpipeline.lambda;

import io.marketpipeline.processor.ProcessingOutcome;
import io.marketpipeline.text.JsonText;
import java.util.List;

/**
 * The function's answer: status code and body as the Terraform original's, the outcome beside them. Several events are
 * answered with their outcomes in the same order, a queue with the messages that it shall hand out again.
 */
final class Answer {
    private Answer() {}

    static byte[] toSingle(ProcessingOutcome outcome) {
        JsonText body = JsonText.ascii().begin().field("message", message(outcome));
        event(body, outcome);
        JsonText json = begin(body);
        outcome(json, outcome);
        return bytes(json);
    }

    static byte[] toArray(List<ProcessingOutcome> outcomes) {
        JsonText body =
                JsonText.ascii().begin().field("message", "Events processed").field("events", outcomes.size());
        JsonText json = begin(body).name("outcomes").beginArray();
        for (ProcessingOutcome outcome : outcomes) {
            json.begin();
            event(json, outcome);
            outcome(json, outcome);
            json.end();
        }
        return bytes(json.endArray());
    }

    /**
     * Lambda deletes the messages that aren't named (Lambda developer guide, "Reporting batch item failures"); an empty id
     * makes it keep them all.
     */
    static byte[] toQueue(List<String> failedMessages) {
        JsonText json = JsonText.ascii().begin().name("batchItemFailures").beginArray();
        for (String id : failedMessages) {
            json.begin().field("itemIdentifier", id).end();
        }
        return bytes(json.endArray());
    }

    private static JsonText begin(JsonText body) {
        return JsonText.ascii()
                .begin()
                .field("statusCode", 200)
                .field("body", body.end().toString());
    }

    private static byte[] bytes(JsonText json) {
        return json.end().bytes().toArray();
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

    private static void event(JsonText json, ProcessingOutcome outcome) {
        json.fields("event_id", outcome.eventId(), "timestamp", outcome.timestampMillis());
    }

    private static void outcome(JsonText json, ProcessingOutcome outcome) {
        json.field("outcome", outcome.status().name());
        if (outcome instanceof ProcessingOutcome.Rejected rejected) {
            json.field("reason", rejected.rejection().reason())
                    .field("field", rejected.rejection().field());
        }
    }
}
