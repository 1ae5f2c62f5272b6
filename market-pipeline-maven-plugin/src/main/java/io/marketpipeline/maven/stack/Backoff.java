package io.marketpipeline.maven.stack;

import java.time.Duration;

/**
 * The pause between two looks at a stack: short while things happen, longer while nothing does, so that an endpoint that
 * answers at once is not waited for, and AWS is not asked more often than its limits bear. Not thread-safe.
 */
final class Backoff {
    private static final Duration SHORTEST = Duration.ofMillis(150);
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final Pace pace;
    private Duration next = SHORTEST;

    Backoff(Pace pace) {
        this.pace = pace;
    }

    void pause() throws InterruptedException {
        pace.pause(next);
        Duration longer = next.multipliedBy(3).dividedBy(2);
        next = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
    }

    void somethingHappened() {
        next = SHORTEST;
    }
}
