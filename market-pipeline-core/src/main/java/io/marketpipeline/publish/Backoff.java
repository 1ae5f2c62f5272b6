package io.marketpipeline.publish;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Full jitter: a random time between nothing and a bound that doubles with each attempt, so that many senders that
 * failed together don't come back together.
 */
final class Backoff {
    static final Duration FIRST = Duration.ofMillis(100);
    static final Duration LONGEST = Duration.ofSeconds(10);

    private final DoubleSupplier random;

    Backoff(DoubleSupplier random) {
        this.random = random;
    }

    /**
     * How long to wait.
     *
     * @param failures how many attempts failed so far, from 1
     */
    Duration after(int failures) {
        long bound = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failures - 1, 20));
        return Duration.ofMillis((long) (bound * random.getAsDouble()));
    }
}
