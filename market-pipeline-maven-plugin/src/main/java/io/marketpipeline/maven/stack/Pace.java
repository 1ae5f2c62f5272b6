package io.marketpipeline.maven.stack;

import java.time.Duration;
import java.time.Instant;

/** Time as the waits see it: tests bring their own. */
interface Pace {
    Instant now();

    void pause(Duration duration) throws InterruptedException;

    /** The machine's clock. */
    static Pace real() {
        return new Pace() {
            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public void pause(Duration duration) throws InterruptedException {
                Thread.sleep(duration.toMillis());
            }
        };
    }
}
