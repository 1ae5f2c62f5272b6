package io.marketpipeline.local.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Messages of a queue that go to the function together. Lambda ends a batch early where its payload would exceed what a
 * synchronous invocation takes (Lambda developer guide, "Batching behavior"). Not thread-safe.
 */
final class QueueBatch {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Lambda's limit of a payload is 6 MB; the rest is room for what a record adds to its message. */
    private static final long MOST_BYTES = 5_500_000;

    private final String queueArn;
    private final String region;
    private final int size;
    private final List<JsonNode> messages = new ArrayList<>();
    private long bytes;

    QueueBatch(String queueArn, String region, int size) {
        this.queueArn = queueArn;
        this.region = region;
        this.size = size;
    }

    void add(JsonNode message) {
        messages.add(message);
        bytes += message.path("Body").asText().length() * 11L / 10;
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** Whether another ten messages of the size of those that are there must wait for the next batch. */
    boolean isFull() {
        return messages.size() >= size || bytes + (messages.isEmpty() ? 0 : 10 * bytes / messages.size()) > MOST_BYTES;
    }

    int room() {
        return size - messages.size();
    }

    List<JsonNode> messages() {
        return List.copyOf(messages);
    }

    /** The event as the Lambda developer guide shows it ("Using Lambda with Amazon SQS", "Example standard queue event"). */
    byte[] payload() {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        var records = event.putArray("Records");
        for (JsonNode message : messages) {
            ObjectNode record = records.addObject();
            record.set("messageId", message.path("MessageId"));
            record.set("receiptHandle", message.path("ReceiptHandle"));
            record.set("body", message.path("Body"));
            record.set("attributes", message.path("Attributes").deepCopy());
            ObjectNode attributes = record.putObject("messageAttributes");
            message.path("MessageAttributes").properties().forEach(attribute -> {
                ObjectNode copy = attributes.putObject(attribute.getKey());
                attribute
                        .getValue()
                        .properties()
                        .forEach(member -> copy.set(lowerFirst(member.getKey()), member.getValue()));
            });
            record.set("md5OfBody", message.path("MD5OfBody"));
            record.put("eventSource", "aws:sqs").put("eventSourceARN", queueArn).put("awsRegion", region);
        }
        try {
            return MAPPER.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    /**
     * The messages that are done with, by the function's answer. Without a list of failures all are; with one that names
     * what isn't in the batch, or names nothing, none is (Lambda developer guide, "Success and failure conditions"). An
     * answer of another shape is none that Lambda can read.
     */
    List<JsonNode> done(byte[] answer) {
        Set<String> failed = new HashSet<>();
        try {
            JsonNode response = MAPPER.readTree(answer);
            JsonNode failures = response.path("batchItemFailures");
            if (!isObjectOrNothing(response) || !(isNothing(failures) || failures.isArray())) {
                return List.of();
            }
            for (JsonNode failure : failures) {
                failed.add(failure.path("itemIdentifier").asText(""));
            }
        } catch (IOException e) {
            return List.of();
        }
        List<JsonNode> done = messages.stream()
                .filter(message -> !failed.remove(message.path("MessageId").asText()))
                .toList();
        return failed.isEmpty() ? done : List.of();
    }

    private static boolean isObjectOrNothing(JsonNode node) {
        return isNothing(node) || node.isObject();
    }

    private static boolean isNothing(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static String lowerFirst(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
