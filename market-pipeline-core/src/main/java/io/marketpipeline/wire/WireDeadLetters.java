package io.marketpipeline.wire;

import io.marketpipeline.deadletter.BatchAnswers;
import io.marketpipeline.deadletter.BatchSends;
import io.marketpipeline.deadletter.DeadLetterMessage;
import io.marketpipeline.deadletter.SendAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends dead letters to an SQS queue; nothing is connected before the first one. Thread-safe. */
final class WireDeadLetters implements BatchSends {
    private final String queueUrl;
    private final AwsWire wire;
    private @Nullable ServiceCalls opened;

    WireDeadLetters(String queueUrl, AwsWire wire) {
        this.queueUrl = queueUrl;
        this.wire = wire;
    }

    @Override
    public List<SendAnswer> send(List<DeadLetterMessage> messages, Instant deadline) {
        ServiceAnswer answer = calls().call("AmazonSQS.SendMessageBatch", request(messages), deadline);
        if (answer instanceof ServiceAnswer.Done done) {
            BatchAnswers answers = new BatchAnswers(queueUrl, messages.size());
            SendBatchAnswer.read(done.http().body(), answers);
            return answers.inOrder();
        }
        if (answer instanceof ServiceAnswer.Refused refused) {
            return BatchAnswers.allFailed(
                    messages.size(), queueUrl + " didn't take it: " + refused.code() + ": " + refused.message(), null);
        }
        ServiceAnswer.Unknown unknown = (ServiceAnswer.Unknown) answer;
        return BatchAnswers.allFailed(
                messages.size(), queueUrl + " didn't take it: " + unknown.message(), unknown.cause());
    }

    private Bytes request(List<DeadLetterMessage> messages) {
        int size = 1024;
        for (DeadLetterMessage message : messages) {
            size += message.body().length() + 1024;
        }
        Bytes request = new Bytes(size).ascii("{\"QueueUrl\":").json(queueUrl).ascii(",\"Entries\":[");
        for (int i = 0; i < messages.size(); i++) {
            request.ascii(i == 0 ? "" : ",");
            entry(request, i, messages.get(i));
        }
        return request.ascii("]}");
    }

    private static void entry(Bytes request, int id, DeadLetterMessage message) {
        request.ascii("{\"Id\":\"")
                .ascii(Integer.toString(id))
                .ascii("\",\"MessageBody\":")
                .json(message.body())
                .ascii(",\"MessageAttributes\":{");
        String comma = "";
        for (Map.Entry<String, String> attribute : message.attributes().entrySet()) {
            request.ascii(comma)
                    .json(attribute.getKey())
                    .ascii(":{\"DataType\":")
                    .json(DeadLetterMessage.TYPE)
                    .ascii(",\"StringValue\":")
                    .json(attribute.getValue())
                    .ascii("}");
            comma = ",";
        }
        request.ascii("}}");
    }

    private synchronized ServiceCalls calls() {
        ServiceCalls known = opened;
        if (known == null) {
            known = wire.calls("sqs");
            opened = known;
        }
        return known;
    }
}
