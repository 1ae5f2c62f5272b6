package io.marketpipeline.deadletter;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * Sends dead letters to an SQS queue as {@link DeadLetterMessage}s. The client is made for the first letter, so that a function that refuses nothing never
 * loads it. A letter that exceeds the queue's message size (1 MiB at most, attributes included) fails to be sent, and the
 * platform then delivers the event to the queue by itself. Thread-safe.
 */
public final class SqsDeadLetters implements DeadLetters {
    private final String queueUrl;
    private final Supplier<SqsClient> clients;
    private @Nullable SqsClient client;

    private SqsDeadLetters(String queueUrl, Supplier<SqsClient> clients) {
        this.queueUrl = queueUrl;
        this.clients = clients;
    }

    /** Letters to a queue; region, credentials and endpoint are found as the AWS SDK always finds them. */
    public static SqsDeadLetters to(String queueUrl) {
        return new SqsDeadLetters(queueUrl, SqsDeadLetters::newClient);
    }

    /** Letters to a queue through a client, which stays the caller's. */
    public static SqsDeadLetters to(String queueUrl, SqsClient client) {
        return new SqsDeadLetters(queueUrl, () -> client);
    }

    private static SqsClient newClient() {
        return SqsClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(1))
                        .socketTimeout(Duration.ofSeconds(3)))
                .build();
    }

    private synchronized SqsClient client() {
        SqsClient known = client;
        if (known == null) {
            known = clients.get();
            client = known;
        }
        return known;
    }

    @Override
    public List<DeadLetterAnswer> send(List<DeadLetter> letters, Instant deadline) {
        List<DeadLetterAnswer> answers = new ArrayList<>(letters.size());
        for (DeadLetter letter : letters) {
            answers.add(send(letter, Duration.between(Instant.now(), deadline)));
        }
        return answers;
    }

    private DeadLetterAnswer send(DeadLetter letter, Duration remaining) {
        if (remaining.isNegative() || remaining.isZero()) {
            return new DeadLetterAnswer.Failed("no time left to send it to " + queueUrl, null);
        }
        try {
            client().sendMessage(request(letter)
                    .overrideConfiguration(limits -> limits.apiCallTimeout(remaining))
                    .build());
            return new DeadLetterAnswer.Sent();
        } catch (SdkException e) {
            return new DeadLetterAnswer.Failed(
                    queueUrl + " didn't take it: " + e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    private SendMessageRequest.Builder request(DeadLetter letter) {
        DeadLetterMessage message = DeadLetterMessage.of(letter);
        Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
        message.attributes()
                .forEach((name, value) -> attributes.put(
                        name,
                        MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue(value)
                                .build()));
        return SendMessageRequest.builder()
                .queueUrl(queueUrl)
                .messageBody(message.body())
                .messageAttributes(attributes);
    }
}
