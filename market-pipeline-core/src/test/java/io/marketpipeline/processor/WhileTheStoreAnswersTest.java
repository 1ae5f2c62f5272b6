package io.marketpipeline.processor;

import static io.marketpipeline.event.Payloads.TRADE;
import static io.marketpipeline.event.Payloads.envelope;
import static io.marketpipeline.event.Payloads.envelopes;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.audit.AuditRecord;
import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.audit.InMemoryAuditTrail;
import io.marketpipeline.deadletter.InMemoryDeadLetters;
import io.marketpipeline.store.InMemoryMarketDataStore;
import io.marketpipeline.store.MarketDataRow;
import io.marketpipeline.store.MarketDataStore;
import io.marketpipeline.store.StoreAnswer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is made before it is known whether the rows are stored, by stores that take their time over it. */
class WhileTheStoreAnswersTest {
    private static final Instant NOW = Instant.parse("2026-11-22T20:15:01.900Z");
    private static final Duration RETENTION = Duration.ofDays(1);

    private final InMemoryMarketDataStore rows = new InMemoryMarketDataStore();
    private final InMemoryAuditTrail audit = new InMemoryAuditTrail();
    private final AdjustableClock clock = new AdjustableClock();

    private static final class AdjustableClock extends Clock {
        private @Nullable Instant now = NOW;

        @Override
        public Instant instant() {
            if (now == null) {
                throw new IllegalStateException("the clock stands");
            }
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** Has the caller do what it can while a step is taken, and answers afterwards. */
    private MarketDataStore answeringAfter(Runnable step, Runnable afterwards) {
        return new MarketDataStore() {
            @Override
            public List<StoreAnswer> store(List<MarketDataRow> batch, Instant deadline) {
                return rows.store(batch, deadline);
            }

            @Override
            public List<StoreAnswer> store(List<MarketDataRow> batch, Instant deadline, @Nullable Runnable meanwhile) {
                assertThat(meanwhile).isNotNull();
                step.run();
                meanwhile.run();
                meanwhile.run();
                afterwards.run();
                return store(batch, deadline);
            }
        };
    }

    private List<ProcessingOutcome> process(MarketDataStore store, String requestId, String... details) {
        ProcessorParts parts = ProcessorParts.builder(store, audit, new InMemoryDeadLetters())
                .clock(clock)
                .auditRetention(RETENTION)
                .build();
        String payload = "["
                + String.join(
                        ",",
                        List.of(details).stream()
                                .map(detail -> envelope(detail))
                                .toList()) + "]";
        return new MarketEventProcessor(parts)
                .process(
                        envelopes(payload),
                        new InvocationContext(requestId, NOW, Instant.now().plusSeconds(30)));
    }

    private static void nothing() {}

    @Test
    void recordOfARowIsTheSameAsWithoutThat() {
        process(answeringAfter(WhileTheStoreAnswersTest::nothing, WhileTheStoreAnswersTest::nothing), "r1", TRADE);
        List<AuditRecord> made = audit.records();
        InMemoryAuditTrail plain = new InMemoryAuditTrail();
        new MarketEventProcessor(ProcessorParts.builder(new InMemoryMarketDataStore(), plain, new InMemoryDeadLetters())
                        .clock(clock)
                        .auditRetention(RETENTION)
                        .build())
                .process(
                        envelopes(envelope(TRADE)),
                        new InvocationContext("r1", NOW, Instant.now().plusSeconds(30)));

        assertThat(made).isEqualTo(plain.records());
        assertThat(made).singleElement().satisfies(record -> assertThat(record.rowSha256())
                .isEqualTo(rows.rows().get(0).sha256()));
    }

    @Test
    void recordSaysWhenItWasWrittenThoughTheStoreTookSeconds() {
        Instant later = NOW.plusSeconds(3);

        process(answeringAfter(WhileTheStoreAnswersTest::nothing, () -> clock.now = later), "r1", TRADE);

        assertThat(audit.records()).singleElement().satisfies(record -> {
            assertThat(record.createdAtSeconds()).isEqualTo(later.getEpochSecond());
            assertThat(record.expirationSeconds())
                    .isEqualTo(later.plus(RETENTION).getEpochSecond());
        });
    }

    @Test
    void rowThatTurnsOutToBeThereAlreadyHasTheRecordsOfADuplicate() {
        process(rows, "r1", TRADE);
        String first = rows.rows().get(0).sha256();
        clock.now = NOW.plusSeconds(60);

        assertThat(process(
                        answeringAfter(WhileTheStoreAnswersTest::nothing, WhileTheStoreAnswersTest::nothing),
                        "r2",
                        TRADE))
                .singleElement()
                .isInstanceOf(ProcessingOutcome.Duplicate.class);

        assertThat(audit.records(AuditStatus.SUCCESS))
                .singleElement()
                .satisfies(record -> assertThat(record.rowSha256()).isEqualTo(first));
        assertThat(audit.records(AuditStatus.DUPLICATE)).hasSize(1);
    }

    @Test
    void eventIsStoredThoughNothingCouldBeMadeBeforehand() {
        MarketDataStore store = answeringAfter(() -> clock.now = null, () -> clock.now = NOW);

        assertThat(process(store, "r1", TRADE, TRADE.replace("e-1", "e-2")))
                .allMatch(outcome -> outcome.status() == AuditStatus.SUCCESS);

        assertThat(audit.records(AuditStatus.SUCCESS)).hasSize(2);
    }
}
