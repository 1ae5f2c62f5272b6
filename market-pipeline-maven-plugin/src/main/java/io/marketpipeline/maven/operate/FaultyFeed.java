package io.marketpipeline.maven.operate;

import io.marketpipeline.event.EventKind;
import io.marketpipeline.publish.EventDetail;
import io.marketpipeline.publish.OutgoingEvent;
import io.marketpipeline.schema.DetailTypes;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;

/**
 * Ticks as a real feed would send them: some twice, some late, some taken back. Which ones follows from the seed and the
 * order of the ticks alone, however fast they are sent. For one thread.
 */
final class FaultyFeed implements TickSource {
    private static final int LONGEST_DELAY = 1_000;

    private final TickSource ticks;
    private final Injection injection;
    private final SplittableRandom random;
    private final Map<Injection.Fault, Integer> counts = new EnumMap<>(Injection.Fault.class);
    private final Queue<Fed> next = new ArrayDeque<>();
    private final PriorityQueue<Held> held = new PriorityQueue<>(Comparator.comparingLong(Held::until));
    private long position;

    private record Held(long until, Fed fed) {}

    FaultyFeed(TickSource ticks, Injection injection) {
        this.ticks = ticks;
        this.injection = injection;
        this.random = new SplittableRandom(injection.seed());
    }

    @Override
    public Optional<Fed> next() throws IOException {
        while (next.isEmpty()) {
            Optional<Fed> fed = ticks.next();
            if (fed.isEmpty()) {
                return Optional.ofNullable(held.poll()).map(Held::fed);
            }
            position++;
            take(fed.get());
            while (!held.isEmpty() && held.peek().until() <= position) {
                next.add(held.remove().fed());
            }
        }
        return Optional.of(next.remove());
    }

    /** How often each fault was injected. */
    Map<Injection.Fault, Integer> counts() {
        return Map.copyOf(counts);
    }

    private void take(Fed fed) {
        if (!(fed.tick() instanceof Tick.Good tick)) {
            next.add(fed);
            return;
        }
        // Drawn for each event and fault, so that one fault's share doesn't move another's events.
        boolean late = drawn(Injection.Fault.LATE);
        int delay = random.nextInt(1, LONGEST_DELAY + 1);
        boolean twice = drawn(Injection.Fault.DUPLICATES);
        boolean cancelled =
                drawn(Injection.Fault.CANCELS) && isTrade(tick.event().detailType());
        if (late) {
            held.add(new Held(position + delay, fed.injected(Injection.Fault.LATE)));
            count(Injection.Fault.LATE);
        } else {
            next.add(fed);
        }
        if (twice) {
            OutgoingEvent event = tick.event();
            OutgoingEvent copy = new OutgoingEvent(event.eventId(), event.source(), event.detailType(), event.detail());
            next.add(new Fed(fed.file(), tick.with(copy), Optional.of(Injection.Fault.DUPLICATES)));
            count(Injection.Fault.DUPLICATES);
        }
        if (cancelled) {
            next.add(new Fed(fed.file(), tick.with(cancelOf(tick)), Optional.of(Injection.Fault.CANCELS)));
            count(Injection.Fault.CANCELS);
        }
    }

    private boolean drawn(Injection.Fault fault) {
        return random.nextDouble() < injection.share(fault);
    }

    private void count(Injection.Fault fault) {
        counts.merge(fault, 1, Integer::sum);
    }

    private static boolean isTrade(String detailType) {
        return EventKind.knownDetailTypes().get(detailType) == EventKind.TRADE;
    }

    private static OutgoingEvent cancelOf(Tick.Good tick) {
        OutgoingEvent event = tick.event();
        String id = event.eventId() + ":cancel";
        String detail = EventDetail.of(id, tick.eventTime())
                .text("exchange", tick.exchange())
                .text("symbol", tick.symbol())
                .text("ref_event_id", event.eventId())
                .build();
        return new OutgoingEvent(id, event.source(), DetailTypes.TRADE_UPDATE, detail);
    }
}
