package io.marketpipeline.maven.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What lies between bus and function: every event is delivered at least once, in an order that isn't the tape's; some are
 * delivered twice, some were sent twice, and some come together.
 */
final class Deliveries {
    private static final double SHARE_TWICE = 0.05;
    private static final double SHARE_RESENT = 0.03;

    private static final double SHARE_PACKED = 0.1;
    private static final int MAX_PACK = 12;

    /** How far an event moves from its place. */
    private static final int NEAR = 40;

    private static final int FAR = 400;

    private Deliveries() {}

    private record Placed(double place, String envelope) {}

    /** The payloads in the order of their delivery. */
    static List<String> of(List<SentEvent> events, Seed seed) {
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
        return packed(placed.stream().map(Placed::envelope).toList(), seed);
    }

    /** Some come together, as one array. */
    private static List<String> packed(List<String> envelopes, Seed seed) {
        List<String> payloads = new ArrayList<>();
        int from = 0;
        while (from < envelopes.size()) {
            SplittableRandom random = seed.about("pack " + from);
            int size = random.nextDouble() < SHARE_PACKED ? 2 + random.nextInt(MAX_PACK - 1) : 1;
            List<String> some = envelopes.subList(from, Math.min(envelopes.size(), from + size));
            payloads.add(size == 1 ? some.get(0) : "[" + String.join(",", some) + "]");
            from += some.size();
        }
        return payloads;
    }
}
