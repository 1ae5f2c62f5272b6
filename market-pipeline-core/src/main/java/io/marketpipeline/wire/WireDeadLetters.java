package io.marketpipeline.wire;

import io.marketpipeline.deadletter.DeadLetter;
import io.marketpipeline.deadletter.DeadLetterAnswer;
import io.marketpipeline.deadletter.DeadLetterMessage;
import io.marketpipeline.deadletter.DeadLetters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends dead letters to an SQS queue; nothing is connected before the first one. Thread-safe. */
final class WireDeadLetters implements DeadLetters {
    private final String queueUrl;
    private final AwsWire wire;
    private @Nullable ServiceCalls opened;

    WireDeadLetters(String queueUrl, AwsWire wire) {
        this.queueUrl = queueUrl;
        this.wire = wire;
    }

    @Override
    public List<DeadLetterAnswer> send(List<DeadLetter> letters, Instant deadline) {
        List<DeadLetterAnswer> answers = new ArrayList<>(letters.size());
        for (DeadLetter letter : letters) {
            answers.add(send(DeadLetterMessage.of(letter), deadline));
        }
        return answers;
    }

    private DeadLetterAnswer send(DeadLetterMessage message, Instant deadline) {
        Bytes body = new Bytes(message.body().length() + 1024)
                .ascii("{\"QueueUrl\":")
                .json(queueUrl)
                .ascii(",\"MessageBody\":")
                .json(message.body())
                .ascii(",\"MessageAttributes\":{");
        String comma = "";
        for (Map.Entry<String, String> attribute : message.attributes().entrySet()) {
            body.ascii(comma)
                    .json(attribute.getKey())
                    .ascii(":{\"DataType\":\"String\",\"StringValue\":")
                    .json(attribute.getValue())
                    .ascii("}");
            comma = ",";
        }
        body.ascii("}}");
        ServiceAnswer answer = calls().call("AmazonSQS.SendMessage", body, deadline);
        if (answer instanceof ServiceAnswer.Done) {
            return new DeadLetterAnswer.Sent();
        }
        if (answer instanceof ServiceAnswer.Refused refused) {
            return new DeadLetterAnswer.Failed(
                    queueUrl + " didn't take it: " + refused.code() + ": " + refused.message(), null);
        }
        ServiceAnswer.Unknown unknown = (ServiceAnswer.Unknown) answer;
        return new DeadLetterAnswer.Failed(queueUrl + " didn't take it: " + unknown.message(), unknown.cause());
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
