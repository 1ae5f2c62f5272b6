package io.marketpipeline.publish;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An entry on its way: one event, or a pack of events of one source and detail type. Owned by one thread at a time. */
final class Pending {
    private final List<OutgoingEvent> events;
    private final int size;
    private @Nullable Instant firstSentAt;
    private boolean maybeAccepted;

    /**
     * An entry.
     *
     * @param events at least one
     * @param size of the entry in bytes
     */
    Pending(List<OutgoingEvent> events, int size) {
        this.events = List.copyOf(events);
        this.size = size;
    }

    static Pending of(OutgoingEvent event, int size) {
        return new Pending(List.of(event), size);
    }

    /** Events of a batch of entries. */
    static int count(List<Pending> batch) {
        return batch.stream().mapToInt(entry -> entry.events.size()).sum();
    }

    boolean isPack() {
        return events.size() > 1;
    }

    /** The events as entries of their own. */
    List<Pending> singles() {
        return events.stream()
                .map(event -> {
                    Pending single = of(event, event.entrySize());
                    single.firstSentAt = firstSentAt;
                    single.maybeAccepted = maybeAccepted;
                    return single;
                })
                .toList();
    }

    String source() {
        return events.get(0).source();
    }

    String detailType() {
        return events.get(0).detailType();
    }

    String detail() {
        return Packs.detail(events);
    }

    int size() {
        return size;
    }

    void sentAt(Instant now) {
        if (firstSentAt == null) {
            firstSentAt = now;
        }
    }

    /** A request with this entry got no answer: whatever a later one says, the bus may have it. */
    void unanswered() {
        maybeAccepted = true;
    }

    List<PublishResult> accepted(String entryId) {
        Instant sentAt = firstSentAt == null ? Instant.EPOCH : firstSentAt;
        List<PublishResult> results = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            String id = events.size() == 1 ? entryId : entryId + "#" + i;
            results.add(new PublishResult.Accepted(events.get(i), id, sentAt));
        }
        return results;
    }

    List<PublishResult> failed(String code, String message) {
        Function<OutgoingEvent, PublishResult> result = maybeAccepted
                ? event -> new PublishResult.Unknown(event, code, message)
                : event -> new PublishResult.Refused(event, code, message);
        return events.stream().map(result).toList();
    }
}
