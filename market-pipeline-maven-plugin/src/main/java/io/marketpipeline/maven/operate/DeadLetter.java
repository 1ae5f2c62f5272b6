package io.marketpipeline.maven.operate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.marketpipeline.schema.DeadLetterAttributes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A dead letter as it lies in the queue. What can't be read from it is empty. Immutable.
 *
 * @param messageId the queue's id of it
 * @param attributes what the sender said, see {@link DeadLetterAttributes}
 * @param queueAttributes what the queue says: {@code SentTimestamp}, {@code ApproximateReceiveCount}, and of what a queue
 *     gave up {@code DeadLetterQueueSourceArn}
 * @param body the event, mostly an envelope
 */
public record DeadLetter(
        String messageId, Map<String, String> attributes, Map<String, String> queueAttributes, String body) {
    private static final String FUNCTION_RAN = "200";
    private static final String FUNCTION_ERROR = "function_error ";

    /** {@link #reason()} where Lambda ran the function, and that failed. */
    public static final String FUNCTION_FAILED = FUNCTION_ERROR + FUNCTION_RAN;

    /** {@link #reason()} of what the queue gave up, which says nothing itself. */
    static final String RECEIVES_USED_UP = "receives_used_up";

    /** Set by SQS on what it moves (SQS API reference, Message). */
    private static final String SOURCE_QUEUE = "DeadLetterQueueSourceArn";

    /** What Lambda hands to a function at most (Lambda developer guide, "Lambda quotas"). */
    private static final int MAX_PAYLOAD = 6 << 20;

    private static final String SENT = "SentTimestamp";
    private static final String RECEIVES = "ApproximateReceiveCount";

    /** Who gave the event up. */
    public enum Sender {
        /** The rule couldn't hand it to the function. */
        EVENTBRIDGE("EventBridge"),
        /** The function failed as often as it may. */
        LAMBDA("Lambda"),
        /** The function refused it for good. */
        FUNCTION("function"),
        /** The queue of buffered delivery handed it out as often as it may, and nobody was done with it. */
        QUEUE("queue"),
        /** None of these; somebody else writes to the queue. */
        UNKNOWN("unknown");

        private final String label;

        Sender(String label) {
            this.label = label;
        }

        /** As it is shown. */
        public String label() {
            return label;
        }
    }

    public DeadLetter {
        attributes = Map.copyOf(attributes);
        queueAttributes = Map.copyOf(queueAttributes);
    }

    /**
     * What the function is to be given: the body as it came, decoded where the queue couldn't carry it as text. A body that
     * isn't encoded as it says is taken as it is: whoever may send to the queue could else stop all who read it.
     */
    public byte[] payload() {
        try {
            return decoded();
        } catch (IOException e) {
            return body.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** A warning where the body isn't encoded as it says; empty if it is. */
    public Optional<String> damage() {
        try {
            byte[] unused = decoded();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("Dead letter " + messageId + " says that its body is "
                    + attributes.get(DeadLetterAttributes.BODY_ENCODING) + ", but it isn't (" + e.getMessage()
                    + "); the body is taken as it is");
        }
    }

    private byte[] decoded() throws IOException {
        return switch (attributes.getOrDefault(DeadLetterAttributes.BODY_ENCODING, "")) {
            case DeadLetterAttributes.BASE64 -> unbased();
            case DeadLetterAttributes.GZIP_BASE64 -> unzipped(unbased());
            default -> body.getBytes(StandardCharsets.UTF_8);
        };
    }

    private byte[] unbased() throws IOException {
        try {
            return Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static byte[] unzipped(byte[] zip) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zip))) {
            byte[] bytes = in.readNBytes(MAX_PAYLOAD + 1);
            if (bytes.length > MAX_PAYLOAD) {
                throw new IOException("it unzips to more than the 6 MB that a function takes");
            }
            return bytes;
        }
    }

    /** Whether the event came to the function. */
    enum Reached {
        YES,
        NO,
        /** The sender doesn't say whether the function got to record anything; the audit trail knows. */
        UNKNOWN
    }

    /**
     * Whether the event came to the function, by what the sender says: EventBridge gave it up, or Lambda did before running
     * it. Lambda's error code is 200 where the function ran (Lambda developer guide, "Dead-letter queues"), be it that it failed
     * and recorded that, or that it timed out or ran out of memory before it could.
     */
    Reached reached() {
        return switch (sender()) {
            case EVENTBRIDGE -> Reached.NO;
            case LAMBDA ->
                attribute(DeadLetterAttributes.LAMBDA_ERROR_CODE)
                                .filter(code -> !code.equals(FUNCTION_RAN))
                                .isPresent()
                        ? Reached.NO
                        : Reached.UNKNOWN;
            case QUEUE -> Reached.UNKNOWN;
            case FUNCTION, UNKNOWN -> Reached.YES;
        };
    }

    /** Id of the invocation, the same in all its attempts and in the records that they wrote, if Lambda named it. */
    Optional<String> invocation() {
        return attribute(DeadLetterAttributes.LAMBDA_REQUEST_ID);
    }

    /** Told by the attributes, which no two senders share. */
    public Sender sender() {
        if (queueAttributes.containsKey(SOURCE_QUEUE)) {
            return Sender.QUEUE;
        }
        if (attributes.containsKey(DeadLetterAttributes.REASON)) {
            return Sender.FUNCTION;
        }
        if (attributes.containsKey(DeadLetterAttributes.RULE_ARN)
                || attributes.containsKey(DeadLetterAttributes.ERROR_CODE)) {
            return Sender.EVENTBRIDGE;
        }
        return attributes.containsKey(DeadLetterAttributes.LAMBDA_REQUEST_ID)
                        || attributes.containsKey(DeadLetterAttributes.LAMBDA_ERROR_CODE)
                ? Sender.LAMBDA
                : Sender.UNKNOWN;
    }

    /** Why, in a word that can be counted by. */
    public String reason() {
        return switch (sender()) {
            case FUNCTION -> attribute(DeadLetterAttributes.REASON).orElse("");
            case EVENTBRIDGE ->
                attribute(DeadLetterAttributes.ERROR_CODE)
                        .or(() -> attribute(DeadLetterAttributes.EXHAUSTED_RETRY_CONDITION))
                        .orElse("delivery_failed");
            case LAMBDA ->
                FUNCTION_ERROR
                        + attribute(DeadLetterAttributes.LAMBDA_ERROR_CODE).orElse("");
            case QUEUE -> RECEIVES_USED_UP;
            case UNKNOWN -> "unknown";
        };
    }

    /** Why, in words; empty if the sender gave none. */
    public String message() {
        return attribute(DeadLetterAttributes.MESSAGE)
                .or(() -> attribute(DeadLetterAttributes.ERROR_MESSAGE))
                .or(() -> attribute(DeadLetterAttributes.LAMBDA_ERROR_MESSAGE))
                .or(() -> sourceQueue().map(queue -> queue + " handed it out as often as it may"))
                .orElse("");
    }

    private Optional<String> sourceQueue() {
        return Optional.ofNullable(queueAttributes.get(SOURCE_QUEUE))
                .map(arn -> arn.substring(arn.lastIndexOf(':') + 1));
    }

    /** When it came into the queue; of what a queue gave up, into that one, since SQS leaves the time as it is. */
    public Instant firstSeen() {
        return Instant.ofEpochMilli(Long.parseLong(queueAttributes.getOrDefault(SENT, "0")));
    }

    /** How often it was received, looks at the dead-letter queue included; 0 if the queue doesn't say. */
    public int receives() {
        return Integer.parseInt(queueAttributes.getOrDefault(RECEIVES, "0"));
    }

    /** How often delivery was tried again, if EventBridge said so. */
    public Optional<String> attempts() {
        return attribute(DeadLetterAttributes.RETRY_ATTEMPTS);
    }

    /** Name of the rule, if EventBridge named it. */
    public Optional<String> rule() {
        return attribute(DeadLetterAttributes.RULE_ARN).map(arn -> arn.substring(arn.lastIndexOf('/') + 1));
    }

    public Optional<String> detailType() {
        return attribute(DeadLetterAttributes.DETAIL_TYPE)
                .or(() -> text(envelope().path("detail-type")));
    }

    /** Identity of the event: as the function read it, else the detail's {@code event_id}, else the envelope's id. */
    public Optional<String> eventId() {
        return attribute(DeadLetterAttributes.EVENT_ID)
                .or(() -> text(envelope().path("detail").path("event_id")))
                .or(() -> text(envelope().path("id")));
    }

    public Optional<String> symbol() {
        return text(envelope().path("detail").path("symbol"));
    }

    private Optional<String> attribute(String name) {
        return Optional.ofNullable(attributes.get(name)).filter(value -> !value.isEmpty());
    }

    /** The event, the first if there are several; missing if the body isn't JSON. */
    private JsonNode envelope() {
        try {
            JsonNode node = JsonRows.tree(new String(payload(), StandardCharsets.UTF_8));
            return node.isArray() ? node.path(0) : node;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static Optional<String> text(JsonNode node) {
        return node.isValueNode() && !node.isNull() ? Optional.of(node.asText()) : Optional.empty();
    }
}
