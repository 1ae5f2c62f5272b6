package io.marketpipeline.local.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import software.amazon.event.ruler.GenericMachine;

/**
 * Events of a bus that match a pattern, kept for a number of days. Holds a stated number of bytes at most; the oldest go
 * first. Thread-safe.
 */
final class Archive {
    /** Bytes of events that one archive holds at most. */
    static final long LARGEST = 256L << 20;

    private final EventBus bus;
    private final Deque<BusEvent> events = new ArrayDeque<>();
    private volatile ObjectNode json;
    private volatile GenericMachine<String> machine;
    private long bytes;

    Archive(EventBus bus, ObjectNode json) {
        this.bus = bus;
        this.json = json;
        this.machine = machine(json);
    }

    EventBus bus() {
        return bus;
    }

    /** The members of the API's archive but for counts; not to be changed. */
    ObjectNode json() {
        return json;
    }

    void json(ObjectNode newJson) {
        json = newJson;
        machine = machine(newJson);
    }

    /** Keeps an event if it matches. */
    void offer(BusEvent event, String envelope) {
        if (!machine.isEmpty() && EventPattern.match(machine, envelope).isEmpty()) {
            return;
        }
        synchronized (this) {
            events.addLast(event);
            bytes += size(event);
            while (bytes > LARGEST && events.size() > 1) {
                bytes -= size(events.removeFirst());
            }
        }
    }

    synchronized int count() {
        dropExpired();
        return events.size();
    }

    synchronized long bytes() {
        dropExpired();
        return bytes;
    }

    /** The events with an event time from start (inclusive) to end (exclusive), oldest first. */
    synchronized List<BusEvent> between(Instant start, Instant end) {
        dropExpired();
        return events.stream()
                .filter(event -> !event.time().isBefore(start) && event.time().isBefore(end))
                .sorted(Comparator.comparing(BusEvent::time))
                .toList();
    }

    private void dropExpired() {
        int days = json.path("RetentionDays").asInt();
        Instant limit = Instant.now().minus(Duration.ofDays(days));
        while (days > 0 && !events.isEmpty() && events.getFirst().acceptedAt().isBefore(limit)) {
            bytes -= size(events.removeFirst());
        }
    }

    private static GenericMachine<String> machine(ObjectNode json) {
        GenericMachine<String> machine = GenericMachine.<String>builder().build();
        String pattern = json.path("EventPattern").asText();
        if (!pattern.isEmpty()) {
            EventPattern.add(machine, "pattern", pattern);
        }
        return machine;
    }

    private static long size(BusEvent event) {
        return 200L
                + event.detail().length()
                + event.detailType().length()
                + event.source().length();
    }
}
