package io.marketpipeline.local.queues;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Since when queues have their messages, for CloudWatch's metric; the engine doesn't tell. What the engine moves or drops by
 * itself is noticed when it is asked for an age: there are more messages than known here, or fewer. Thread-safe.
 */
final class MessageAges {
    /** Asked for by this name, {@code GetQueueAttributes} gives the age; SQS has it as a metric only, so All leaves it out. */
    static final String ATTRIBUTE = "ApproximateAgeOfOldestMessage";

    private final Clock clock;
    private final Map<String, Known> queues = new ConcurrentHashMap<>();

    MessageAges(Clock clock) {
        this.clock = clock;
    }

    /**
     * The messages of a queue. Guarded by itself.
     *
     * @param sent times of sending by message id, the oldest first
     * @param moved times at which a message was found that nobody had sent here, the oldest first
     */
    private record Known(Map<String, Long> sent, Deque<Long> moved) {
        Known() {
            this(new LinkedHashMap<>(), new ArrayDeque<>());
        }

        int size() {
            return sent.size() + moved.size();
        }

        long oldest() {
            long sentFirst =
                    sent.isEmpty() ? Long.MAX_VALUE : sent.values().iterator().next();
            return moved.isEmpty() ? sentFirst : Math.min(sentFirst, moved.getFirst());
        }

        /** A message that was found before its sender had told of it is the newest of the moved ones. */
        void dropOne() {
            if (moved.pollLast() == null) {
                sent.remove(sent.keySet().iterator().next());
            }
        }
    }

    void sent(String queue, String messageId) {
        Known known = of(queue);
        synchronized (known) {
            known.sent.put(messageId, clock.millis());
        }
    }

    /** ElasticMQ's receipt handles are {@code message id # delivery}. */
    void deleted(String queue, String receiptHandle) {
        Known known = of(queue);
        synchronized (known) {
            if (known.sent.remove(receiptHandle.replaceFirst("#.*", "")) == null) {
                known.moved.pollFirst();
            }
        }
    }

    void forget(String queue) {
        queues.remove(queue);
    }

    /**
     * The age of a queue's oldest message.
     *
     * @param present how many messages the engine says there are; those beyond the known ones were moved here since the last
     *     look, and where there are fewer, the oldest known ones are gone
     */
    long oldestSeconds(String queue, long present) {
        Known known = of(queue);
        synchronized (known) {
            while (known.size() > present) {
                known.dropOne();
            }
            while (known.size() < present) {
                known.moved.addLast(clock.millis());
            }
            return present == 0 ? 0 : (clock.millis() - known.oldest()) / 1000;
        }
    }

    private Known of(String queue) {
        return queues.computeIfAbsent(queue, name -> new Known());
    }
}
