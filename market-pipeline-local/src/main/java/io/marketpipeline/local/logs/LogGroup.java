package io.marketpipeline.local.logs;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A log group with its streams. It holds {@link #LARGEST} bytes at most; the oldest events go first, as those do that are
 * older than the retention. Thread-safe.
 */
final class LogGroup {
    /** Bytes of events that one group holds at most. */
    static final long LARGEST = 64L << 20;

    private static final AtomicLong IDS = new AtomicLong();

    private final String name;
    private final String arn;
    private final long created = System.currentTimeMillis();
    private final Map<String, LogStream> streams = new ConcurrentSkipListMap<>();
    private final Map<String, String> tags = new TreeMap<>();
    private final Deque<LogEvent> events = new ArrayDeque<>();
    private volatile int retentionDays;
    private volatile String kmsKey = "";
    private volatile String logClass = "STANDARD";
    private long bytes;

    LogGroup(String name, String arn) {
        this.name = name;
        this.arn = arn;
    }

    String name() {
        return name;
    }

    /** The ARN without the {@code :*} that IAM wants behind it. */
    String arn() {
        return arn;
    }

    long created() {
        return created;
    }

    Map<String, LogStream> streams() {
        return streams;
    }

    /** Tags; to be used under this object's lock. */
    Map<String, String> tags() {
        return tags;
    }

    /** Days of retention, 0 for ever. */
    int retentionDays() {
        return retentionDays;
    }

    void retentionDays(int days) {
        retentionDays = days;
    }

    String kmsKey() {
        return kmsKey;
    }

    void kmsKey(String key) {
        kmsKey = key;
    }

    String logClass() {
        return logClass;
    }

    void logClass(String newClass) {
        logClass = newClass;
    }

    synchronized long bytes() {
        return bytes;
    }

    /** Takes an event of a stream. */
    synchronized void add(LogStream stream, long timestamp, String message, long now) {
        LogEvent event = new LogEvent(IDS.incrementAndGet(), stream.name(), timestamp, now, message);
        events.addLast(event);
        bytes += event.size();
        stream.took(event);
        while (bytes > LARGEST && events.size() > 1) {
            bytes -= events.removeFirst().size();
        }
    }

    /** Forgets a stream and its events. */
    synchronized void removeStream(String streamName) {
        streams.remove(streamName);
        events.removeIf(event -> {
            boolean gone = event.stream().equals(streamName);
            bytes -= gone ? event.size() : 0;
            return gone;
        });
    }

    /**
     * The events that match, by timestamp and then in the order in which they came.
     *
     * @param streamNames the streams to look in; null for all
     * @param from first timestamp
     * @param to timestamp behind the last
     */
    synchronized List<LogEvent> select(
            @Nullable Collection<String> streamNames, long from, long to, Predicate<String> message) {
        dropExpired();
        List<LogEvent> selected = new ArrayList<>();
        for (LogEvent event : events) {
            if (event.timestamp() >= from
                    && event.timestamp() < to
                    && (streamNames == null || streamNames.contains(event.stream()))
                    && message.test(event.message())) {
                selected.add(event);
            }
        }
        selected.sort(Comparator.comparingLong(LogEvent::timestamp).thenComparingLong(LogEvent::id));
        return selected;
    }

    private void dropExpired() {
        long limit = System.currentTimeMillis() - Duration.ofDays(retentionDays).toMillis();
        while (retentionDays > 0 && !events.isEmpty() && events.getFirst().timestamp() < limit) {
            bytes -= events.removeFirst().size();
        }
    }
}
