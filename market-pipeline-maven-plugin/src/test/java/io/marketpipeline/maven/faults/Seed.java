package io.marketpipeline.maven.faults;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * Where all randomness of a run comes from. A decision depends on what it is about, never on when it is made, so that the
 * same seed breaks the same calls however threads and processes take turns.
 */
record Seed(long value) {
    /** The seed of {@code -Dfaults.seed}, else a new one; printed, to repeat the run with. */
    static Seed ofRun() {
        String given = System.getProperty("faults.seed", "");
        Seed seed = new Seed(given.isEmpty() ? new SecureRandom().nextInt(1_000_000_000) : Long.parseLong(given));
        System.out.println("Fault suite: this run is repeated with -Dfaults.seed=" + seed.value);
        return seed;
    }

    /** A source of randomness for one decision. */
    SplittableRandom about(String what) {
        CRC32 hash = new CRC32();
        hash.update(what.getBytes(StandardCharsets.UTF_8));
        return new SplittableRandom(value * 0x9E3779B97F4A7C15L ^ hash.getValue());
    }
}
