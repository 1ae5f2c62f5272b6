package io.marketpipeline.maven.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What lies between bus and function: every event is delivered at least once, in an order that isn't the tape's; some are
 * delivered twice, and some were sent twice.
 */
final class Deliveries {
    private static final double SHARE_TWICE = 0.05;
    private static final double SHARE_RESENT = 0.03;

    /** How far an event moves from its place. */
    private static final int NEAR = 40;

    private static final int FAR = 400;

    private Deliveries() {}

    private record Placed(double place, String envelope) {}

    /** The envelopes in the order of their delivery. */
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
        return placed.stream().map(Placed::envelope).toList();
    }
}
