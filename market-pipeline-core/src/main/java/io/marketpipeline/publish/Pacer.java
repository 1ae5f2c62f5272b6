package io.marketpipeline.publish;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Spreads events evenly over time. Thread-safe. */
final class Pacer {
    private final double nanosPerEvent;
    private final LongSupplier nanoClock;
    private final Pause pause;
    private long next;

    /**
     * A pacer.
     *
     * @param eventsPerSecond the rate; 0 for as fast as possible
     */
    Pacer(double eventsPerSecond, LongSupplier nanoClock, Pause pause) {
        this.nanosPerEvent = eventsPerSecond == 0 ? 0 : 1e9 / eventsPerSecond;
        this.nanoClock = nanoClock;
        this.pause = pause;
        this.next = nanoClock.getAsLong();
    }

    /** Waits until this many more events may go. */
    void acquire(int events) throws InterruptedException {
        if (nanosPerEvent == 0) {
            return;
        }
        long wait;
        synchronized (this) {
            long now = nanoClock.getAsLong();
            // Time in which nobody sent isn't saved up: no burst follows it.
            next = Math.max(next, now);
            wait = next - now;
            next += (long) (events * nanosPerEvent);
        }
        if (wait > 0) {
            pause.pause(Duration.ofNanos(wait));
        }
    }
}
