package io.marketpipeline.local.queues;

import java.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Since when queues have their messages, for CloudWatch's metric; the engine doesn't tell. What the engine moves or drops by
 * itself is noticed when there are fewer messages than known here. Thread-safe.
 */
final class MessageAges {
    /** Asked for by this name, {@code GetQueueAttributes} gives the age; SQS has it as a metric only, so All leaves it out. */
    static final String ATTRIBUTE = "ApproximateAgeOfOldestMessage";

    private final Clock clock;

    /** Of each queue the times of sending by message id, the oldest first. */
    private final Map<String, Map<String, Long>> queues = new ConcurrentHashMap<>();

    MessageAges(Clock clock) {
        this.clock = clock;
    }

    void sent(String queue, String messageId) {
        Map<String, Long> messages = of(queue);
        synchronized (messages) {
            messages.put(messageId, clock.millis());
        }
    }

    /** ElasticMQ's receipt handles are {@code message id # delivery}. */
    void deleted(String queue, String receiptHandle) {
        Map<String, Long> messages = of(queue);
        synchronized (messages) {
            messages.remove(receiptHandle.replaceFirst("#.*", ""));
        }
    }

    void forget(String queue) {
        queues.remove(queue);
    }

    /**
     * The age of a queue's oldest message.
     *
     * @param present how many messages the engine says there are; the oldest known ones beyond them are gone
     */
    long oldestSeconds(String queue, long present) {
        Map<String, Long> messages = of(queue);
        synchronized (messages) {
            Iterator<Map.Entry<String, Long>> oldest = messages.entrySet().iterator();
            while (messages.size() > present) {
                oldest.next();
                oldest.remove();
            }
            return messages.isEmpty()
                    ? 0
                    : (clock.millis() - messages.values().iterator().next()) / 1000;
        }
    }

    private Map<String, Long> of(String queue) {
        return queues.computeIfAbsent(queue, name -> new LinkedHashMap<>());
    }
}
