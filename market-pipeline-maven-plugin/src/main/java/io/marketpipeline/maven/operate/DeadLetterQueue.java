package io.marketpipeline.maven.operate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Reads dead letters and leaves them where they are: receives them, which hides them from others for a moment, and
 * makes them visible again. SQS has no other way to look; each look raises a letter's receive count by one, which
 * matters only to queues that have a dead-letter queue of their own. Not thread-safe.
 */
public final class DeadLetterQueue {
    private static final int BATCH = 10;
    private static final int WAIT_SECONDS = 1;
    private static final int HIDDEN_SECONDS = 120;

    private final SqsClient client;
    private final String queueUrl;

    public DeadLetterQueue(SqsClient client, String queueUrl) {
        this.client = client;
        this.queueUrl = queueUrl;
    }

    /**
     * The letters, oldest first, up to {@code max}. Letters that somebody else holds at the moment aren't seen.
     *
     * @param max at least 1
     */
    public List<DeadLetter> browse(int max) {
        Map<String, Message> seen = new LinkedHashMap<>();
        try {
            boolean more = true;
            while (more && seen.size() < max) {
                more = receive(Math.min(BATCH, max - seen.size()), seen);
            }
        } finally {
            putBack(List.copyOf(seen.values()));
        }
        return seen.values().stream()
                .map(DeadLetterQueue::letter)
                .sorted(java.util.Comparator.comparing(DeadLetter::firstSeen))
                .toList();
    }

    /** False if nothing came, or only what was seen before. */
    private boolean receive(int count, Map<String, Message> seen) {
        List<Message> messages = client.receiveMessage(request -> request.queueUrl(queueUrl)
                        .maxNumberOfMessages(count)
                        .waitTimeSeconds(WAIT_SECONDS)
                        .visibilityTimeout(HIDDEN_SECONDS)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                        .messageAttributeNames("All"))
                .messages();
        int before = seen.size();
        messages.forEach(message -> seen.put(message.messageId(), message));
        return seen.size() > before;
    }

    private void putBack(List<Message> messages) {
        for (int from = 0; from < messages.size(); from += BATCH) {
            List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
            for (Message message : messages.subList(from, Math.min(from + BATCH, messages.size()))) {
                entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id("m" + entries.size())
                        .receiptHandle(message.receiptHandle())
                        .visibilityTimeout(0)
                        .build());
            }
            client.changeMessageVisibilityBatch(
                    request -> request.queueUrl(queueUrl).entries(entries));
        }
    }

    private static DeadLetter letter(Message message) {
        Map<String, String> attributes = new TreeMap<>();
        message.messageAttributes().forEach((name, value) -> {
            if (value.stringValue() != null) {
                attributes.put(name, value.stringValue());
            }
        });
        return new DeadLetter(message.messageId(), attributes, message.attributesAsStrings(), message.body());
    }
}
