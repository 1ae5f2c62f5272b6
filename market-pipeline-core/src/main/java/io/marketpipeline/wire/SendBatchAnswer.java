package io.marketpipeline.wire;

import io.marketpipeline.deadletter.BatchAnswers;
import java.io.IOException;

/** Reads what a queue answered to several messages (SQS API reference, SendMessageBatch). */
final class SendBatchAnswer {
    private SendBatchAnswer() {}

    /** Notes each message that the answer names; a damaged answer names none. */
    static void read(byte[] body, BatchAnswers answers) {
        try {
            JsonObject answer = JsonObject.read(body);
            for (JsonObject sent : answer.objects("Successful")) {
                answers.sent(sent.text("Id"));
            }
            for (JsonObject failed : answer.objects("Failed")) {
                boolean senderFault = failed.text("SenderFault").equals("true");
                answers.failed(failed.text("Id"), senderFault, failed.text("Code"), failed.text("Message"));
            }
        } catch (IOException e) {
            // What it doesn't name is sent again.
        }
    }
}
