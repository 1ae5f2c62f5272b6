package io.marketpipeline.maven.operate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Lets a tape's time pass: its first event is now, and each other one so much later as it was then, divided by the speed.
 * What is behind goes at once, so that a tape that was held up catches up. For one thread.
 */
final class TapeClock {
    private final double speed;
    private final InstantSource clock;
    private final Arrivals.Pause pause;
    private @Nullable Instant began;
    private Instant first = Instant.EPOCH;

    /**
     * A clock that starts with the first event.
     *
     * @param speed seconds of the tape in one second, above 0
     */
    TapeClock(double speed, InstantSource clock, Arrivals.Pause pause) {
        this.speed = speed;
        this.clock = clock;
        this.pause = pause;
    }

    /** Waits until it is an event's time. */
    void await(Instant eventTime) throws InterruptedException {
        Instant now = clock.instant();
        Instant start = began;
        if (start == null) {
            start = now;
            began = now;
            first = eventTime;
        }
        Duration played = Duration.between(first, eventTime);
        Duration due = Duration.ofNanos((long) (played.toNanos() / speed));
        Duration left = Duration.between(now, start.plus(due));
        if (left.compareTo(Duration.ZERO) > 0) {
            pause.pause(left);
        }
    }
}
