package io.marketpipeline.maven.stack;

import java.time.Duration;
import java.time.Instant;

/** Time that goes on only in pauses. */
final class FakePace implements Pace {
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void pause(Duration duration) {
        now = now.plus(duration);
    }
}
