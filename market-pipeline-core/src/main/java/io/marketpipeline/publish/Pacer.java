package io.marketpipeline.publish;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Spreads events evenly over time. Thread-safe. */
public final class Pacer {
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
