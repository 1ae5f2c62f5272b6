package io.marketpipeline.deadletter;

import io.marketpipeline.puts.Backoff.Pause;
import io.marketpipeline.puts.ParallelCalls;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/**
 * Sends dead letters to an SQS queue with the AWS SDK, see {@link BatchedDeadLetters}. The client is made for the first
 * letter, so that a function that refuses nothing never loads it. Thread-safe.
 */
public final class SqsDeadLetters {
    private static final int PARALLEL = 8;

    private final String queueUrl;
    private final Supplier<SqsClient> clients;
    private @Nullable SqsClient client;

    private SqsDeadLetters(String queueUrl, Supplier<SqsClient> clients) {
        this.queueUrl = queueUrl;
        this.clients = clients;
    }

    /** Letters to a queue; region, credentials and endpoint are found as the AWS SDK always finds them. */
    public static DeadLetters to(String queueUrl) {
        return new SqsDeadLetters(queueUrl, SqsDeadLetters::newClient).batched();
    }

    /** Letters to a queue through a client, which stays the caller's. */
    public static DeadLetters to(String queueUrl, SqsClient client) {
        return new SqsDeadLetters(queueUrl, () -> client).batched();
    }

    private DeadLetters batched() {
        return new BatchedDeadLetters(this::send, new ParallelCalls(PARALLEL), InstantSource.system(), Pause.SLEEP);
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

    private List<SendAnswer> send(List<DeadLetterMessage> messages, Instant deadline) {
        Duration remaining = Duration.between(Instant.now(), deadline);
        if (remaining.isNegative() || remaining.isZero()) {
            return BatchAnswers.allFailed(messages.size(), "no time left to send it to " + queueUrl, null);
        }
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>(messages.size());
        for (DeadLetterMessage message : messages) {
            entries.add(entry(Integer.toString(entries.size()), message));
        }
        try {
            return answers(
                    messages.size(),
                    client().sendMessageBatch(SendMessageBatchRequest.builder()
                            .queueUrl(queueUrl)
                            .entries(entries)
                            .overrideConfiguration(limits -> limits.apiCallTimeout(remaining))
                            .build()));
        } catch (SdkException e) {
            return BatchAnswers.allFailed(
                    messages.size(),
                    queueUrl + " didn't take it: " + e.getClass().getSimpleName() + ": " + e.getMessage(),
                    e);
        }
    }

    private static SendMessageBatchRequestEntry entry(String id, DeadLetterMessage message) {
        Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
        message.attributes()
                .forEach((name, value) -> attributes.put(
                        name,
                        MessageAttributeValue.builder()
                                .dataType(DeadLetterMessage.TYPE)
                                .stringValue(value)
                                .build()));
        return SendMessageBatchRequestEntry.builder()
                .id(id)
                .messageBody(message.body())
                .messageAttributes(attributes)
                .build();
    }

    private List<SendAnswer> answers(int messages, SendMessageBatchResponse response) {
        BatchAnswers answers = new BatchAnswers(queueUrl, messages);
        response.successful().forEach(entry -> answers.sent(entry.id()));
        response.failed()
                .forEach(entry -> answers.failed(
                        entry.id(),
                        Boolean.TRUE.equals(entry.senderFault()),
                        entry.code(),
                        String.valueOf(entry.message())));
        return answers.inOrder();
    }
}
