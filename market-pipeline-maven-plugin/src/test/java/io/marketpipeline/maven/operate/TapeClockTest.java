package io.marketpipeline.maven.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.maven.config.UserFixableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TapeClockTest {
    private static final Instant OPEN = Instant.parse("2013-10-07T13:30:00Z");

    private final List<Duration> pauses = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-22T20:00:00Z");

    private TapeClock tape(double speed) {
        return new TapeClock(speed, () -> now, pause -> {
            pauses.add(pause);
            now = now.plus(pause);
        });
    }

    @Test
    void awaitWhenAsRecordedPausesAsLongAsTheTapeDid() throws Exception {
        TapeClock tape = tape(1);
        for (long millis : new long[] {0, 250, 250, 1_000}) {
            tape.await(OPEN.plusMillis(millis));
        }

        assertThat(pauses).containsExactly(Duration.ofMillis(250), Duration.ofMillis(750));
    }

    @Test
    void awaitWhenSixtyTimesAsFastPlaysAnHourInAMinute() throws Exception {
        TapeClock tape = tape(60);
        tape.await(OPEN);
        tape.await(OPEN.plus(Duration.ofHours(1)));

        assertThat(pauses).containsExactly(Duration.ofMinutes(1));
    }

    @Test
    void awaitWhenSlowerThanRecordedPausesLonger() throws Exception {
        TapeClock tape = tape(0.5);
        tape.await(OPEN);
        tape.await(OPEN.plusSeconds(1));

        assertThat(pauses).containsExactly(Duration.ofSeconds(2));
    }

    @Test
    void awaitWhenHeldUpCatchesUpWithoutPause() throws Exception {
        TapeClock tape = tape(1);
        tape.await(OPEN);
        now = now.plusSeconds(10);
        tape.await(OPEN.plusSeconds(3));
        tape.await(OPEN.minusSeconds(1));
        tape.await(OPEN.plusSeconds(11));

        assertThat(pauses).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void pacingWhenSpeedAndRateAreGivenIsRefused() {
        assertThatThrownBy(() -> new Pacing(500, 60))
                .isInstanceOf(UserFixableException.class)
                .hasMessage("-Drate is 500.0 and -Dspeed is 60.0, but events go either evenly or as they were recorded;"
                        + " leave one of them out");
    }

    @Test
    void pacingWhenSpeedIsBelowZeroIsRefused() {
        assertThatThrownBy(() -> new Pacing(0, -1))
                .isInstanceOf(UserFixableException.class)
                .hasMessage("-Dspeed is -1.0, must be 0 (the recorded times don't matter), 1 (as recorded) or a factor;"
                        + " example: 60");
    }
}
