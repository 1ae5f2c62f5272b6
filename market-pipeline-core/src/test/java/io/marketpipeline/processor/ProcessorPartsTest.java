package io.marketpipeline.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.marketpipeline.audit.InMemoryAuditTrail;
import io.marketpipeline.deadletter.InMemoryDeadLetters;
import io.marketpipeline.store.InMemoryMarketDataStore;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProcessorPartsTest {
    private final ProcessorParts.Builder builder =
            ProcessorParts.builder(new InMemoryMarketDataStore(), new InMemoryAuditTrail(), new InMemoryDeadLetters());

    static Stream<Duration> retentionsThatAreNone() {
        return Stream.of(
                Duration.ofMillis(999),
                Duration.ofDays(-1),
                Duration.ofDays(1_000_000).plusNanos(1),
                Duration.ofMillis(Long.MAX_VALUE),
                ChronoUnit.FOREVER.getDuration());
    }

    @ParameterizedTest
    @MethodSource
    void retentionsThatAreNone(Duration retention) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.auditRetention(retention))
                .withMessageContaining("null keeps the records for good");
    }

    @Test
    void retentionMayBeAMillionDaysOrNone() {
        assertThat(builder.auditRetention(Duration.ofDays(1_000_000)).build().auditRetention())
                .contains(Duration.ofDays(1_000_000));
        assertThat(builder.auditRetention(null).build().auditRetention()).isEmpty();
    }
}
