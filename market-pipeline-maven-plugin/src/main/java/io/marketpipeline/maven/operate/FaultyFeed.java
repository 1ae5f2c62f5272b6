package io.marketpipeline.maven.operate;

import io.marketpipeline.event.EventKind;
import io.marketpipeline.publish.EventDetail;
import io.marketpipeline.publish.OutgoingEvent;
import io.marketpipeline.schema.DetailTypes;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ticks as a real feed would send them: some twice, some late, some taken back. Which ones follows from the seed and the
 * order of the ticks alone, however fast they are sent. For one thread.
 */
final class FaultyFeed implements TickSource {
    private static final int LONGEST_DELAY = 1_000;

    private final TickSource ticks;
    private final Injection injection;
    private final SplittableRandom random;
    private final Map<Injection.Fault, Integer> counts = new ConcurrentHashMap<>();
    private final Queue<Fed> next = new ArrayDeque<>();
    private final PriorityQueue<Held> held = new PriorityQueue<>(Comparator.comparingLong(Held::until));
    private Instant tapeTime = Instant.MIN;
    private long position;

    /** What goes when the tape is there: a late tick, or, marked as such, the trade that is then cancelled. */
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
                break;
            }
            position++;
            take(fed.get());
            while (!held.isEmpty() && held.peek().until() <= position) {
                next.add(released(held.remove()));
            }
        }
        Optional<Fed> fed = Optional.ofNullable(next.poll())
                .or(() -> Optional.ofNullable(held.poll()).map(this::released));
        fed.flatMap(Fed::injected).ifPresent(fault -> counts.merge(fault, 1, Integer::sum));
        return fed;
    }

    /** How often each fault was injected so far. May be called from any thread. */
    Map<Injection.Fault, Integer> counts() {
        return Map.copyOf(counts);
    }

    private void take(Fed fed) {
        if (!(fed.tick() instanceof Tick.Good tick)) {
            next.add(fed);
            return;
        }
        if (tick.eventTime().isAfter(tapeTime)) {
            tapeTime = tick.eventTime();
        }
        // Drawn for each event and fault, so that one fault's share doesn't move another's events.
        boolean late = drawn(Injection.Fault.LATE);
        int delay = random.nextInt(1, LONGEST_DELAY + 1);
        boolean twice = drawn(Injection.Fault.DUPLICATES);
        boolean cancelled =
                drawn(Injection.Fault.CANCELS) && isTrade(tick.event().detailType());
        int regret = random.nextInt(1, LONGEST_DELAY + 1);
        if (late) {
            held.add(new Held(position + delay, fed.injected(Injection.Fault.LATE)));
        } else {
            next.add(fed);
        }
        if (twice) {
            OutgoingEvent event = tick.event();
            OutgoingEvent copy = new OutgoingEvent(event.eventId(), event.source(), event.detailType(), event.detail());
            next.add(new Fed(fed.file(), tick.with(copy), Optional.of(Injection.Fault.DUPLICATES)));
        }
        if (cancelled) {
            held.add(new Held(position + regret, fed.injected(Injection.Fault.CANCELS)));
        }
    }

    private Fed released(Held due) {
        Fed fed = due.fed();
        return fed.injected().equals(Optional.of(Injection.Fault.CANCELS)) && fed.tick() instanceof Tick.Good trade
                ? new Fed(fed.file(), cancelOf(trade), fed.injected())
                : fed;
    }

    private boolean drawn(Injection.Fault fault) {
        return random.nextDouble() < injection.share(fault);
    }

    private static boolean isTrade(String detailType) {
        return EventKind.knownDetailTypes().get(detailType) == EventKind.TRADE;
    }

    /** A venue reports it when it happens, so its time is the tape's by then, and not the trade's. */
    private Tick.Good cancelOf(Tick.Good trade) {
        OutgoingEvent event = trade.event();
        String id = event.eventId() + ":cancel";
        String detail = EventDetail.of(id, tapeTime)
                .text("exchange", trade.exchange())
                .text("symbol", trade.symbol())
                .text("ref_event_id", event.eventId())
                .build();
        OutgoingEvent cancel = new OutgoingEvent(id, event.source(), DetailTypes.TRADE_UPDATE, detail);
        return new Tick.Good(trade.line(), cancel, trade.symbol(), trade.exchange(), tapeTime);
    }
}
