package io.marketpipeline.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PacerTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private long now;

    private long secondsFor(Pacer pacer, int events) throws InterruptedException {
        long start = now;
        for (int i = 0; i < events; i++) {
            pacer.acquire(1);
        }
        return Math.round((now - start) * 1.0 / SECOND);
    }

    @Test
    void rateWhenEverySleepIsTooLongDoesNotSink() throws Exception {
        Pacer pacer = new Pacer(300, () -> now, pause -> now += pause.toNanos() + 5_000_000);

        assertThat(secondsFor(pacer, 30_000)).isEqualTo(100);
    }

    @Test
    void rateWhenAnIntervalIsNoWholeNanosecondDoesNotDrift() throws Exception {
        Pacer pacer = new Pacer(300_000_007, () -> now, pause -> now += pause.toNanos());
        for (int i = 0; i < 30_000_001; i++) {
            pacer.acquire(1);
        }

        assertThat(now / 1e9).isCloseTo(0.1, within(0.000_01));
    }

    @Test
    void timeWhenNobodySentIsNoCreditForABurst() throws Exception {
        Pacer pacer = new Pacer(100, () -> now, pause -> now += pause.toNanos());
        pacer.acquire(1);
        now += 3600 * SECOND;

        assertThat(secondsFor(pacer, 1_000)).isEqualTo(10);
    }
}
