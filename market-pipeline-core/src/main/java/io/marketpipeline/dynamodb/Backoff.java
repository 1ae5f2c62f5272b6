package io.marketpipeline.dynamodb;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Waiting times between tries: exponential with full jitter. Seeded when made, not when the class is loaded: all copies of
 * one function snapshot would otherwise wait for the same times.
 */
final class Backoff {
    private static final long BASE_MILLIS = 25;
    private static final long CAP_MILLIS = 1_000;

    private final SplittableRandom random =
            new SplittableRandom(System.nanoTime() ^ Thread.currentThread().getId());
    private int tries;

    Duration next() {
        long ceiling = Math.min(CAP_MILLIS, BASE_MILLIS << Math.min(tries++, 10));
        return Duration.ofMillis(random.nextLong(ceiling + 1));
    }
}
