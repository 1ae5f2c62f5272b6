package io.marketpipeline.deadletter;

import io.marketpipeline.event.RawData;
import io.marketpipeline.schema.DeadLetterAttributes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
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
 * Sends dead letters to an SQS queue: the envelope as the body, the reason as message attributes (
 * {@link DeadLetterAttributes}). The client is made for the first letter, so that a function that refuses nothing never
 * loads it. A letter that exceeds the queue's message size (1 MiB at most, attributes included) fails to be sent, and the
 * platform then delivers the event to the queue by itself. Thread-safe.
 */
public final class SqsDeadLetters implements DeadLetters {
    private static final int MAX_ATTRIBUTE = 1024;

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
        Map<String, MessageAttributeValue> attributes = attributes(letter);
        return SendMessageRequest.builder()
                .queueUrl(queueUrl)
                .messageBody(body(letter.envelope(), attributes))
                .messageAttributes(attributes);
    }

    /** The envelope as it came; in Base64, and marked so, where SQS can't carry it as text. */
    private static String body(RawData envelope, Map<String, MessageAttributeValue> attributes) {
        String text = envelope.text();
        if (envelope.isUtf8() && SqsText.isCarried(text)) {
            return text.isEmpty() ? " " : text; // SQS takes no empty body
        }
        put(attributes, DeadLetterAttributes.BODY_ENCODING, DeadLetterAttributes.BASE64);
        ByteBuffer encoded = Base64.getEncoder().encode(envelope.buffer());
        return StandardCharsets.US_ASCII.decode(encoded).toString();
    }

    private static Map<String, MessageAttributeValue> attributes(DeadLetter letter) {
        Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
        put(attributes, DeadLetterAttributes.REASON, letter.rejection().reason());
        put(attributes, DeadLetterAttributes.FIELD, letter.rejection().field());
        put(attributes, DeadLetterAttributes.MESSAGE, letter.rejection().message());
        put(attributes, DeadLetterAttributes.EVENT_ID, letter.eventId());
        put(attributes, DeadLetterAttributes.DETAIL_TYPE, letter.detailType());
        put(attributes, DeadLetterAttributes.REQUEST_ID, letter.requestId());
        return attributes;
    }

    private static void put(Map<String, MessageAttributeValue> attributes, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            attributes.put(
                    name,
                    MessageAttributeValue.builder()
                            .dataType("String")
                            .stringValue(SqsText.carried(value, MAX_ATTRIBUTE))
                            .build());
        }
    }
}
