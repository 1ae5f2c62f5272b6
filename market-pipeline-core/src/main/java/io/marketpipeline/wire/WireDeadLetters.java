package io.marketpipeline.wire;

import io.marketpipeline.deadletter.BatchAnswers;
import io.marketpipeline.deadletter.BatchSends;
import io.marketpipeline.deadletter.DeadLetterMessage;
import io.marketpipeline.deadletter.SendAnswer;
import io.marketpipeline.http.JsonObject;
import io.marketpipeline.text.Bytes;
import io.marketpipeline.text.JsonText;
import java.time.Instant;
import java.util.List;

/** Sends dead letters to an SQS queue (SQS API reference, SendMessageBatch). Thread-safe. */
final class WireDeadLetters implements BatchSends {
    private final String queueUrl;
    private final ServiceCalls calls;

    WireDeadLetters(String queueUrl, ServiceCalls calls) {
        this.queueUrl = queueUrl;
        this.calls = calls;
    }

    @Override
    public List<SendAnswer> send(List<DeadLetterMessage> messages, Instant deadline) {
        ServiceAnswer answer = calls.call("AmazonSQS.SendMessageBatch", request(messages), deadline);
        if (answer instanceof ServiceAnswer.Failed failed) {
            return BatchAnswers.allFailed(
                    messages.size(), queueUrl + " didn't take it: " + failed.message(), failed.cause());
        }
        JsonObject body = JsonObject.read(((ServiceAnswer.Done) answer).http().body());
        BatchAnswers answers = new BatchAnswers(queueUrl, messages.size());
        for (JsonObject sent : body.objects("Successful")) {
            answers.sent(sent.text("Id"));
        }
        for (JsonObject failed : body.objects("Failed")) {
            boolean senderFault = failed.text("SenderFault").equals("true");
            answers.failed(failed.text("Id"), senderFault, failed.text("Code"), failed.text("Message"));
        }
        return answers.inOrder();
    }

    private Bytes request(List<DeadLetterMessage> messages) {
        JsonText json = JsonText.unicode().begin().field("QueueUrl", queueUrl);
        json.name("Entries").beginArray();
        for (int i = 0; i < messages.size(); i++) {
            json.begin().field("Id", Integer.toString(i));
            json.field("MessageBody", messages.get(i).body());
            json.name("MessageAttributes").begin();
            messages.get(i).attributes().forEach((name, value) -> json.name(name)
                    .begin()
                    .field("DataType", DeadLetterMessage.TYPE)
                    .field("StringValue", value)
                    .end());
            json.end().end();
        }
        return json.endArray().end().bytes();
    }
}
