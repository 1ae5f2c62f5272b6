package io.marketpipeline.puts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;

/**
 * Waiting times between tries: exponential with full jitter. Seeded when made, not when the class is loaded: all copies of
 * one function snapshot would otherwise wait for the same times. Not thread-safe.
 */
public final class Backoff {
    private static final long BASE_MILLIS = 25;
    private static final long CAP_MILLIS = 1_000;

    private final SplittableRandom random =
            new SplittableRandom(System.nanoTime() ^ Thread.currentThread().getId());
    private int tries;

    /** How long to wait before the next try: up to 25 ms first, up to a second in the end. */
    public Duration next() {
        long ceiling = Math.min(CAP_MILLIS, BASE_MILLIS << Math.min(tries++, 10));
        return Duration.ofMillis(random.nextLong(ceiling + 1));
    }

    /** As {@link #next()}, but no longer than until the deadline. */
    public Duration next(Instant deadline, InstantSource clock) {
        Duration next = next();
        Duration remaining = Duration.between(clock.instant(), deadline);
        if (next.compareTo(remaining) < 0) {
            return next;
        }
        return remaining.isNegative() ? Duration.ZERO : remaining;
    }

    /** How a thread waits. */
    @FunctionalInterface
    public interface Pause {
        /** Sleeps. A class, and no lambda, whose linking takes its time at a cold start. */
        Pause SLEEP = new Sleep();

        /** Waits. */
        void of(Duration duration) throws InterruptedException;

        /** Waits; false where the thread is interrupted meanwhile, whose flag is set again. */
        default boolean ended(Duration duration) {
            try {
                of(duration);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        /** As {@link #ended}; false without a wait where it would last beyond the deadline. */
        default boolean endedBefore(Instant deadline, Duration duration, InstantSource clock) {
            return !clock.instant().plus(duration).isAfter(deadline) && ended(duration);
        }
    }

    private static final class Sleep implements Pause {
        @Override
        public void of(Duration duration) throws InterruptedException {
            Thread.sleep(duration.toMillis());
        }
    }
}
