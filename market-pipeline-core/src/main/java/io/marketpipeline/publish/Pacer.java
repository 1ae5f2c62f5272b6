package io.marketpipeline.publish;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Spreads events evenly over time. Thread-safe. */
public final class Pacer {
    /** How far behind an event may come and still be made up for. */
    private static final long CAUGHT_UP = Duration.ofMillis(250).toNanos();

    private final double nanosPerEvent;
    private final LongSupplier nanoClock;
    private final Pause pause;
    private final long start;
    private double next;

    /**
     * A pacer.
     *
     * @param eventsPerSecond the rate; 0 for as fast as possible
     */
    Pacer(double eventsPerSecond, LongSupplier nanoClock, Pause pause) {
        this.nanosPerEvent = eventsPerSecond == 0 ? 0 : 1e9 / eventsPerSecond;
        this.nanoClock = nanoClock;
        this.pause = pause;
        this.start = nanoClock.getAsLong();
    }

    /** A pacer by the system's clock; 0 for as fast as possible. */
    public static Pacer perSecond(double rate) {
        return new Pacer(rate, System::nanoTime, duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos()));
    }

    /** Waits until this many more events may go. */
    public void acquire(int events) throws InterruptedException {
        if (nanosPerEvent == 0) {
            return;
        }
        long wait;
        synchronized (this) {
            double now = (double) (nanoClock.getAsLong() - start);
            // Sleeping too long is made up for, or the rate would sink with each pause. Time in which nobody sent isn't
            // saved up: no burst follows it.
            next = Math.max(next, now - CAUGHT_UP);
            wait = (long) (next - now);
            next += events * nanosPerEvent;
        }
        if (wait > 0) {
            pause.pause(Duration.ofNanos(wait));
        }
    }
}
