package io.marketpipeline.maven.faults;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A storm: about a tenth of all calls fail by themselves, a part of the statements of some others, and events that are near each other meet bursts of throttling.
 *
 * @param killShare part of the calls during which the function's processes are killed
 */
record SeededFaults(Seed seed, double killShare) implements FaultPlan {
    private static final int BURST_TRIES = 4;

    @Override
    public Fault of(String table, String key, int attempt) {
        SplittableRandom random = seed.about("call " + table + " " + key + " " + attempt);
        if (attempt < BURST_TRIES && isInBurst(key)) {
            return any(Fault.THROTTLES, random);
        }
        double draw = random.nextDouble();
        if (draw < killShare) {
            return random.nextBoolean() ? Fault.KILL_BEFORE : Fault.KILL_AFTER;
        }
        draw = random.nextDouble();
        if (draw < 0.03) {
            return any(Fault.THROTTLES, random);
        }
        if (draw < 0.06) {
            return any(Fault.TRANSIENT, random);
        }
        if (draw < 0.09) {
            return any(Fault.CUTS, random);
        }
        if (draw < 0.10) {
            return any(Fault.LASTING, random);
        }
        if (draw < 0.13) {
            return Fault.LATE;
        }
        if (draw < 0.20) {
            return any(Fault.STATEMENTS, random);
        }
        return draw < 0.201 ? Fault.NEVER_ANSWERED : Fault.NONE;
    }

    /** Identities that differ in their last two digits only meet the same weather. */
    private boolean isInBurst(String key) {
        String event = key.replaceFirst("#.*", "");
        String neighbourhood = event.substring(0, Math.max(0, event.length() - 2));
        return seed.about("weather " + neighbourhood).nextDouble() < 0.05;
    }

    private static Fault any(List<Fault> faults, SplittableRandom random) {
        return faults.get(random.nextInt(faults.size()));
    }
}
