package io.marketpipeline.publish;

import java.time.Duration;

/** Waits; tests put in one that doesn't. */
@FunctionalInterface
interface Pause {
    Pause SLEEP = duration -> Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);

    void pause(Duration duration) throws InterruptedException;
}
