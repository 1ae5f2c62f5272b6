package io.marketpipeline.maven.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * What lies between bus and function: every event is delivered at least once, in an order that isn't the tape's; some are
 * delivered twice, some were sent twice, and some come together: as an array, which only an invocation by hand has, or as
 * a pack of the publisher's.
 */
final class Deliveries {
    private static final double SHARE_TWICE = 0.05;
    private static final double SHARE_RESENT = 0.03;

    private static final double SHARE_TOGETHER = 0.1;
    private static final int MAX_TOGETHER = 12;

    /** How far an event moves from its place. */
    private static final int NEAR = 40;

    private static final int FAR = 400;

    private Deliveries() {}

    private record Placed(double place, String envelope) {}

    /** The payloads in the order of their delivery, some of them arrays. */
    static List<String> arrays(List<SentEvent> events, Seed seed) {
        return together(placed(events, seed), seed, some -> List.of("[" + String.join(",", some) + "]"));
    }

    /** The payloads in the order of their delivery, some of them packs. */
    static List<String> packs(List<SentEvent> events, Seed seed) {
        return together(placed(events, seed), seed, TapeEvents::packed);
    }

    private static List<String> placed(List<SentEvent> events, Seed seed) {
        List<Placed> placed = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            SentEvent event = events.get(i);
            SplittableRandom random = seed.about("delivery " + event.eventId() + event.sha256());
            placed.add(new Placed(i + random.nextDouble(NEAR), event.envelope()));
            if (random.nextDouble() < SHARE_TWICE) {
                placed.add(new Placed(i + random.nextDouble(FAR), event.envelope()));
            }
            if (random.nextDouble() < SHARE_RESENT) {
                placed.add(new Placed(i + random.nextDouble(FAR), TapeEvents.resent(event.envelope())));
            }
        }
        placed.sort(Comparator.comparingDouble(Placed::place));
        return placed.stream().map(Placed::envelope).toList();
    }

    private static List<String> together(
            List<String> envelopes, Seed seed, Function<List<String>, List<String>> joined) {
        List<String> payloads = new ArrayList<>();
        int from = 0;
        while (from < envelopes.size()) {
            SplittableRandom random = seed.about("pack " + from);
            int size = random.nextDouble() < SHARE_TOGETHER ? 2 + random.nextInt(MAX_TOGETHER - 1) : 1;
            List<String> some = envelopes.subList(from, Math.min(envelopes.size(), from + size));
            payloads.addAll(size == 1 ? some : joined.apply(some));
            from += some.size();
        }
        return payloads;
    }
}
