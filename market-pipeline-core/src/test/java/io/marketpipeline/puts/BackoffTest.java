package io.marketpipeline.puts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BackoffTest {
    /** A thousand waits before a try, by as many backoffs. */
    private static Set<Duration> waits(int tries) {
        Set<Duration> waits = new TreeSet<>();
        for (int i = 0; i < 1_000; i++) {
            Backoff backoff = new Backoff();
            for (int before = 1; before < tries; before++) {
                backoff.next();
            }
            waits.add(backoff.next());
        }
        return waits;
    }

    private static Duration longest(int tries) {
        return waits(tries).stream().max(Duration::compareTo).orElseThrow();
    }

    @Test
    void waitsAreSpreadFromNothingToTheirLongest() {
        assertThat(waits(1)).hasSizeGreaterThan(20).contains(Duration.ZERO, Duration.ofMillis(25));
        assertThat(waits(8)).hasSizeGreaterThan(500);
    }

    @Test
    void longestWaitDoublesUpToASecond() {
        assertThat(longest(1)).isEqualTo(Duration.ofMillis(25));
        assertThat(longest(3)).isBetween(Duration.ofMillis(75), Duration.ofMillis(100));
        assertThat(longest(5)).isBetween(Duration.ofMillis(300), Duration.ofMillis(400));
        assertThat(longest(40)).isBetween(Duration.ofMillis(900), Duration.ofSeconds(1));
    }

    @Test
    void waitEndsWithTheDeadline() {
        Instant now = Instant.parse("2026-11-22T20:00:00Z");
        Backoff backoff = new Backoff();
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.next(now.plusMillis(10), () -> now)).isBetween(Duration.ZERO, Duration.ofMillis(10));
        }
        assertThat(backoff.next(now.minusMillis(1), () -> now)).isZero();
    }
}
