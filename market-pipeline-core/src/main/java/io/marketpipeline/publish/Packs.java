package io.marketpipeline.publish;

import io.marketpipeline.event.EnvelopeDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Packs that are being filled, one of each source and detail type, since rules match those. A pack is full when the next
 * event would exceed its size or the number that the function takes, and is sent unfilled when its first event has waited for the linger time. Not thread-safe.
 */
final class Packs {
    private static final String HEAD = "{\"events\":[";
    private static final String TAIL = "]}";
    private static final int FRAME = HEAD.length() + TAIL.length();

    private final int maxBytes;
    private final long lingerNanos;
    private final Map<Kind, Pack> open = new LinkedHashMap<>();

    private record Kind(String source, String detailType) {}

    private static final class Pack {
        private final List<OutgoingEvent> events = new ArrayList<>();
        private final long since;
        private int bytes;

        Pack(long since, int bytes) {
            this.since = since;
            this.bytes = bytes;
        }

        boolean isFull(int size, int maxBytes) {
            return bytes + size > maxBytes || events.size() == EnvelopeDecoder.MAX_PACK;
        }

        Pending pending() {
            return new Pending(events, bytes);
        }
    }

    /**
     * Packs of a size.
     *
     * @param maxBytes size of an entry, as EventBridge counts it
     */
    Packs(int maxBytes, Duration linger) {
        this.maxBytes = maxBytes;
        this.lingerNanos = linger.toNanos();
    }

    /** Adds an event; gives the pack that it had no room in, or the event itself if it has none in any. */
    Optional<Pending> add(OutgoingEvent event, long now) {
        Kind kind = new Kind(event.source(), event.detailType());
        int size = event.detail().getBytes(StandardCharsets.UTF_8).length + 1;
        int frame = event.entrySize() - size + 1 + FRAME;
        if (frame + size > maxBytes) {
            return Optional.of(Pending.of(event, event.entrySize()));
        }
        Pack pack = open.get(kind);
        Optional<Pending> full = Optional.empty();
        if (pack == null || pack.isFull(size, maxBytes)) {
            full = Optional.ofNullable(pack).map(Pack::pending);
            // A map keeps the place of a key that is put again; the oldest pack must be the first.
            open.remove(kind);
            pack = new Pack(now, frame);
            open.put(kind, pack);
        }
        pack.events.add(event);
        pack.bytes += size;
        return full;
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Nanoseconds until the oldest pack has waited long enough; 0 or less if it has. */
    long nanosLeft(long now) {
        return open.values().iterator().next().since + lingerNanos - now;
    }

    /** Takes out the packs that have waited long enough. */
    List<Pending> due(long now) {
        List<Pending> due = new ArrayList<>();
        Iterator<Pack> oldest = open.values().iterator();
        while (oldest.hasNext()) {
            Pack pack = oldest.next();
            if (now - pack.since < lingerNanos) {
                break;
            }
            due.add(pack.pending());
            oldest.remove();
        }
        return due;
    }

    /** Takes out all packs. */
    List<Pending> all() {
        Collection<Pack> packs = List.copyOf(open.values());
        open.clear();
        return packs.stream().map(Pack::pending).toList();
    }

    /** The detail of a pack; that of a single event stays what it is. */
    static String detail(List<OutgoingEvent> events) {
        if (events.size() == 1) {
            return events.get(0).detail();
        }
        StringBuilder detail = new StringBuilder(HEAD);
        for (OutgoingEvent event : events) {
            detail.append(detail.length() == HEAD.length() ? "" : ",").append(event.detail());
        }
        return detail.append(TAIL).toString();
    }
}
