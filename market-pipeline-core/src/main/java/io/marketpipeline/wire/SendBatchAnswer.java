package io.marketpipeline.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.marketpipeline.deadletter.BatchAnswers;
import java.io.IOException;

/** Reads what a queue answered to several messages (SQS API reference, SendMessageBatch). */
final class SendBatchAnswer {
    private static final JsonFactory JSON = new JsonFactory();

    private SendBatchAnswer() {}

    /** Notes each message that the answer names; a damaged answer names those before the damage. */
    static void read(byte[] body, BatchAnswers answers) {
        try (JsonParser json = JSON.createParser(body)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String list = json.currentName();
                boolean known = list.equals("Successful") || list.equals("Failed");
                if (json.nextToken() == JsonToken.START_ARRAY && known) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        entry(json, list.equals("Successful"), answers);
                    }
                } else {
                    json.skipChildren();
                }
            }
        } catch (IOException e) {
            // What wasn't read is sent again.
        }
    }

    private static void entry(JsonParser json, boolean sent, BatchAnswers answers) throws IOException {
        String id = "";
        String code = "";
        String message = "";
        boolean senderFault = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "Id" -> id = json.getText();
                case "Code" -> code = json.getText();
                case "Message" -> message = json.getText();
                case "SenderFault" -> senderFault = json.getValueAsBoolean();
                default -> json.skipChildren();
            }
        }
        if (sent) {
            answers.sent(id);
        } else {
            answers.failed(id, senderFault, code, message);
        }
    }
}
