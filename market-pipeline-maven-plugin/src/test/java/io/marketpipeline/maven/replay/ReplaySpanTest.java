package io.marketpipeline.maven.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.maven.config.TtlConfig;
import io.marketpipeline.maven.config.UserFixableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ReplaySpanTest {
    private static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");
    private static final BusArchive ARCHIVE = new BusArchive("arn", "bus", 30, NOW.minus(Duration.ofDays(100)));

    private static ReplaySpan span(Duration fromAgo, Duration toAgo) {
        return ReplaySpan.of(NOW.minus(fromAgo), NOW.minus(toAgo), NOW);
    }

    private static List<String> warnings(ReplaySpan span, TtlConfig ttl) {
        return span.warnings(ARCHIVE, ttl, NOW);
    }

    @Test
    void spanThatEndsBeforeItBeginsIsRefused() {
        assertThatThrownBy(() -> span(Duration.ofHours(1), Duration.ofHours(1)))
                .isInstanceOf(UserFixableException.class)
                .hasMessage("-Dfrom (2026-11-22T14:00:00Z) must be before -Dto (2026-11-22T14:00:00Z)");
    }

    @Test
    void spanThatIsStillToComeIsRefused() {
        assertThatThrownBy(() -> span(Duration.ofHours(1), Duration.ofSeconds(-1)))
                .isInstanceOf(UserFixableException.class)
                .hasMessageStartingWith("-Dto is 2026-11-22T15:00:01Z, which is still to come");
    }

    @Test
    void spanThatTheArchiveKeepsNoMoreIsRefusedWithWhatItKeeps() {
        assertThatThrownBy(() -> span(Duration.ofDays(31), Duration.ofDays(1)).requireIn(ARCHIVE, NOW))
                .isInstanceOf(UserFixableException.class)
                .hasMessageContaining("keeps events for 30 days, so since 2026-10-23T15:00:00Z");
        assertThatCode(() -> span(Duration.ofDays(30), Duration.ofDays(1)).requireIn(ARCHIVE, NOW))
                .doesNotThrowAnyException();
    }

    @Test
    void archiveThatKeepsForEverGivesAllSinceItWasMade() {
        BusArchive forEver = new BusArchive("arn", "bus", 0, NOW.minus(Duration.ofDays(100)));

        assertThatCode(() -> span(Duration.ofDays(200), Duration.ofDays(99)).requireIn(forEver, NOW))
                .doesNotThrowAnyException();
        assertThatThrownBy(
                        () -> span(Duration.ofDays(200), Duration.ofDays(100)).requireIn(forEver, NOW))
                .hasMessageContaining("the archive was made at 2026-08-14T15:00:00Z and has nothing from before");
    }

    @Test
    void spanThatIsYoungerThanTheArchivesLagIsWarnedOf() {
        TtlConfig never = new TtlConfig(OptionalInt.empty(), List.of());

        assertThat(warnings(span(Duration.ofHours(1), Duration.ofMinutes(9)), never))
                .singleElement()
                .asString()
                .contains("up to 10 minutes late");
        assertThat(warnings(span(Duration.ofHours(1), Duration.ofMinutes(10)), never))
                .isEmpty();
    }

    @Test
    void spanThatIsOlderThanTheShortestTtlIsWarnedOf() {
        TtlConfig quotes = new TtlConfig(
                OptionalInt.of(30),
                List.of(new TtlConfig.Rule(Optional.of("Market Quote"), Optional.empty(), OptionalInt.of(7))));

        assertThat(warnings(span(Duration.ofDays(8), Duration.ofDays(1)), quotes))
                .singleElement()
                .asString()
                .contains(
                        "before 2026-11-15T15:00:00Z may have expired",
                        "is stored again",
                        "else it is found a duplicate");
        assertThat(warnings(span(Duration.ofDays(7), Duration.ofDays(1)), quotes))
                .isEmpty();
    }
}
