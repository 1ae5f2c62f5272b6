package io.marketpipeline.processor;

import static io.marketpipeline.event.Payloads.TRADE;
import static io.marketpipeline.event.Payloads.envelope;
import static io.marketpipeline.event.Payloads.envelopes;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.audit.AuditAnswer;
import io.marketpipeline.audit.AuditChain;
import io.marketpipeline.audit.AuditFailurePolicy;
import io.marketpipeline.audit.AuditRecord;
import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.audit.AuditTrail;
import io.marketpipeline.audit.InMemoryAuditTrail;
import io.marketpipeline.deadletter.InMemoryDeadLetters;
import io.marketpipeline.event.MarketEvent;
import io.marketpipeline.event.RejectedEventException;
import io.marketpipeline.store.InMemoryMarketDataStore;
import io.marketpipeline.ttl.TtlPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MarketEventProcessorTest {
    private static final Instant NOW = Instant.parse("2026-11-22T20:15:01Z");
    private static final String OTHER_PRICE = TRADE.replace("13.9400", "14");
    private static final long EVENT_TIME = 1381132800614L;

    private final InMemoryMarketDataStore store = new InMemoryMarketDataStore();
    private final InMemoryAuditTrail audit = new InMemoryAuditTrail();
    private final InMemoryDeadLetters deadLetters = new InMemoryDeadLetters();
    private final List<String> told = new ArrayList<>();
    private final ProcessorParts parts = ProcessorParts.builder(store, audit, deadLetters)
            .environment("test")
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .listener(new ProcessingListener() {
                @Override
                public void auditFailed(ProcessingOutcome outcome, String message, @Nullable Throwable cause) {
                    told.add("audit " + outcome.status() + ": " + message);
                }

                @Override
                public void reactionFailed(ProcessingOutcome outcome, RuntimeException cause) {
                    told.add("reaction: " + cause.getMessage());
                    throw new IllegalStateException("a listener's own failure");
                }
            })
            .build();

    private static List<ProcessingOutcome> process(
            MarketEventProcessor processor, String requestId, String... details) {
        String payload = java.util.stream.Stream.of(details)
                .map(detail -> envelope(detail))
                .collect(Collectors.joining(",", "[", "]"));
        InvocationContext context = new InvocationContext(requestId, NOW.minusMillis(5), NOW.plusSeconds(30));
        return processor.process(envelopes(payload), context);
    }

    private List<ProcessingOutcome> process(String requestId, String... details) {
        return process(new MarketEventProcessor(parts), requestId, details);
    }

    private static List<AuditStatus> statuses(List<ProcessingOutcome> outcomes) {
        return outcomes.stream().map(ProcessingOutcome::status).toList();
    }

    private List<AuditStatus> audited() {
        return audit.records().stream().map(AuditRecord::status).toList();
    }

    @Test
    void processWhenValidStoresAndAudits() {
        assertThat(statuses(process("r1", TRADE))).containsExactly(AuditStatus.SUCCESS);

        assertThat(store.rows()).singleElement().satisfies(row -> {
            assertThat(row.event().eventId()).isEqualTo("e-1");
            assertThat(row.requestId()).isEqualTo("r1");
            assertThat(row.receivedAtMillis()).isEqualTo(NOW.toEpochMilli() - 5);
            assertThat(row.storedAtMillis()).isEqualTo(NOW.toEpochMilli());
            assertThat(row.expirationSeconds())
                    .isEqualTo(NOW.minusMillis(5).plus(Duration.ofDays(30)).getEpochSecond());
            assertThat(row.environment()).isEqualTo("test");
        });
        assertThat(audit.records()).singleElement().satisfies(record -> {
            assertThat(record.auditId()).isEqualTo("e-1#SUCCESS");
            assertThat(record.timestampMillis()).isEqualTo(EVENT_TIME);
            assertThat(record.eventType()).isEqualTo("Trade Execution");
            assertThat(record.details()).contains("\"symbol\":\"BAC\"", "\"price\":13.9400");
            assertThat(record.rawSha256()).isEqualTo(store.rows().get(0).rawSha256());
            assertThat(record.expirationSeconds()).isNull();
        });
        assertThat(deadLetters.letters()).isEmpty();
    }

    @Test
    void processWhenTheSameInvocationTriesAgainIsSuccessAndOneRecord() {
        process("r1", TRADE);

        assertThat(process("r1", TRADE))
                .singleElement()
                .isInstanceOfSatisfying(ProcessingOutcome.Stored.class, stored -> assertThat(stored.earlierWrite())
                        .isTrue());
        assertThat(audited()).containsExactly(AuditStatus.SUCCESS);
    }

    @Test
    void processWhenSeenBeforeIsADuplicateAtWallClock() {
        process("r1", TRADE);

        assertThat(statuses(process("r2", TRADE))).containsExactly(AuditStatus.DUPLICATE);
        assertThat(store.rows()).hasSize(1);
        assertThat(audit.records(AuditStatus.DUPLICATE)).singleElement().satisfies(record -> {
            assertThat(record.timestampMillis()).isEqualTo(NOW.toEpochMilli());
            assertThat(record.details()).contains("\"first_request_id\":\"r1\"");
        });
    }

    @Test
    void processWhenTheFirstWriterDiedBeforeAuditingADuplicateWritesItsSuccessFirst() {
        audit.failWith("died");
        process("r1", TRADE);
        audit.recover();

        assertThat(statuses(process("r2", TRADE))).containsExactly(AuditStatus.DUPLICATE);
        assertThat(audited()).containsExactly(AuditStatus.SUCCESS, AuditStatus.DUPLICATE);
    }

    /** Counted from the record's own time, the row passed for deleted when it had expired. */
    @Test
    void successThatIsMadeUpForSaysSinceWhenTheRowLives() {
        audit.failWith("table gone");
        process("r1", TRADE);
        process("r1", TRADE.replace("e-1", "e-2"));
        audit.recover();
        MarketEventProcessor later = new MarketEventProcessor(parts.toBuilder()
                .clock(Clock.fixed(NOW.plus(Duration.ofDays(10)), ZoneOffset.UTC))
                .build());

        process(later, "redrive", TRADE);
        process(later, "r1", TRADE.replace("e-1", "e-2"));

        assertThat(audit.records(AuditStatus.SUCCESS)).hasSize(2).allSatisfy(record -> assertThat(record.details())
                .contains("\"first_stored_at_ms\":" + NOW.toEpochMilli()));
    }

    @Test
    void processWhenAThousandContentsShareAnIdentityRefusesEachByAFewPuts() {
        AtomicInteger puts = new AtomicInteger();
        AuditTrail counted = (records, deadline) -> {
            puts.addAndGet(records.size());
            return audit.record(records, deadline);
        };
        AuditTrail chained = new AuditChain().over(counted);
        var processor = new MarketEventProcessor(
                ProcessorParts.builder(store, chained, deadLetters).build());
        String[] contents = IntStream.range(0, 1001)
                .mapToObj(i -> TRADE.replace("13.9400", "1" + i))
                .toArray(String[]::new);

        assertThat(statuses(process(processor, "r1", contents)))
                .startsWith(AuditStatus.SUCCESS)
                .filteredOn(AuditStatus.REJECTED::equals)
                .hasSize(1000);
        assertThat(puts).hasValueLessThan(4 * contents.length);
        puts.set(0);
        process(processor, "r2", contents);

        assertThat(puts).hasValueLessThan(4 * contents.length);
        assertThat(audit.records(AuditStatus.REJECTED)).hasSize(1000).allSatisfy(record -> assertThat(record.details())
                .contains("\"event_time_ms\":" + EVENT_TIME));
        assertThat(audit.records(AuditStatus.ERROR)).isEmpty();
        assertThat(deadLetters.letters()).hasSize(2000);
    }

    /** The processor so many days later, with the rows that it finds then. */
    private MarketEventProcessor after(int days, InMemoryMarketDataStore rows) {
        return new MarketEventProcessor(parts.toBuilder()
                .store(rows)
                .clock(Clock.fixed(NOW.plus(Duration.ofDays(days)), ZoneOffset.UTC))
                .auditRetention(Duration.ofDays(100))
                .build());
    }

    /** Its event had the record of the first row only, which expired long before it: the row was unaudited then. */
    @Test
    void rowThatIsStoredAgainHasARecordOfItsOwn() {
        process(after(0, store), "r1", TRADE);
        InMemoryMarketDataStore expired = new InMemoryMarketDataStore();
        assertThat(statuses(process(after(95, expired), "r2", TRADE))).containsExactly(AuditStatus.SUCCESS);

        long storedAt = NOW.plus(Duration.ofDays(95)).toEpochMilli();
        assertThat(audit.records(AuditStatus.SUCCESS)).hasSize(2);
        assertThat(audit.records(AuditStatus.SUCCESS).get(1)).satisfies(record -> {
            assertThat(record.timestampMillis()).isEqualTo(storedAt);
            assertThat(record.rowSha256()).isEqualTo(expired.rows().get(0).sha256());
            assertThat(record.details())
                    .contains("\"event_time_ms\":" + EVENT_TIME, "\"first_stored_at_ms\":" + storedAt);
            assertThat(record.expirationSeconds())
                    .isEqualTo(NOW.plus(Duration.ofDays(195)).getEpochSecond());
        });

        process(after(95, expired), "r2", TRADE);
        assertThat(statuses(process(after(96, expired), "r3", TRADE, TRADE)))
                .containsExactly(AuditStatus.DUPLICATE, AuditStatus.DUPLICATE);
        assertThat(audit.records(AuditStatus.SUCCESS)).hasSize(2);
    }

    /** The trail once the first row's record has expired: that of the second row alone. */
    private InMemoryAuditTrail onlyTheSecondsRecord(InMemoryMarketDataStore rows) {
        process(after(0, store), "r1", TRADE);
        process(after(95, rows), "r2", TRADE);
        InMemoryAuditTrail left = new InMemoryAuditTrail();
        left.record(List.of(audit.records(AuditStatus.SUCCESS).get(1)), NOW);
        return left;
    }

    private void process(int days, InMemoryMarketDataStore rows, InMemoryAuditTrail trail, String requestId) {
        MarketEventProcessor processor = new MarketEventProcessor(
                after(days, rows).parts().toBuilder().auditTrail(trail).build());
        process(processor, requestId, TRADE);
    }

    /** The function only ever writes, and can't see that there is one under the time of the storing. */
    @Test
    void rowThatIsStoredAgainGetsASecondRecordOfTheSameRowOnceTheFirstRowsIsGone() {
        InMemoryMarketDataStore second = new InMemoryMarketDataStore();
        InMemoryAuditTrail left = onlyTheSecondsRecord(second);
        process(110, second, left, "r3");
        process(111, second, left, "r4");

        long storedAt = NOW.plus(Duration.ofDays(95)).toEpochMilli();
        assertThat(left.records(AuditStatus.SUCCESS))
                .hasSize(2)
                .allSatisfy(record -> {
                    assertThat(record.rowSha256())
                            .isEqualTo(second.rows().get(0).sha256());
                    assertThat(record.details()).contains("\"first_stored_at_ms\":" + storedAt);
                })
                .extracting(AuditRecord::timestampMillis)
                .containsExactly(storedAt, EVENT_TIME);
    }

    @Test
    void thirdRowIsRecordedUnderTheEventTimeOnceTheFirstRowsRecordIsGone() {
        InMemoryAuditTrail left = onlyTheSecondsRecord(new InMemoryMarketDataStore());
        InMemoryMarketDataStore third = new InMemoryMarketDataStore();
        process(130, third, left, "r3");

        assertThat(left.records(AuditStatus.SUCCESS))
                .extracting(AuditRecord::timestampMillis)
                .containsExactly(NOW.plus(Duration.ofDays(95)).toEpochMilli(), EVENT_TIME);
        assertThat(left.records(AuditStatus.SUCCESS).get(1).rowSha256())
                .isEqualTo(third.rows().get(0).sha256());
    }

    @Test
    void rowThatIsStoredAgainByOneThatDiedGetsItsRecordFromWhoeverFindsIt() {
        process(after(0, store), "r1", TRADE);
        InMemoryMarketDataStore expired = new InMemoryMarketDataStore();
        audit.failWith("died");
        process(after(95, expired), "r2", TRADE);
        audit.recover();

        assertThat(statuses(process(after(97, expired), "r3", TRADE))).containsExactly(AuditStatus.DUPLICATE);
        assertThat(audit.records(AuditStatus.SUCCESS)).hasSize(2);
        assertThat(audit.records(AuditStatus.SUCCESS).get(1).timestampMillis())
                .isEqualTo(NOW.plus(Duration.ofDays(95)).toEpochMilli());
    }

    @Test
    void processWhenTheSecondRowsRecordIsNotWrittenFailsTheEvent() {
        process(after(0, store), "r1", TRADE);
        List<Integer> writes = new ArrayList<>();
        MarketEventProcessor processor = new MarketEventProcessor(parts.toBuilder()
                .store(new InMemoryMarketDataStore())
                .clock(Clock.fixed(NOW.plus(Duration.ofDays(95)), ZoneOffset.UTC))
                .auditTrail((records, deadline) -> {
                    writes.add(records.size());
                    return writes.size() == 2
                            ? List.of(new AuditAnswer.Failed("throttled", null))
                            : audit.record(records, deadline);
                })
                .build());

        assertThat(process(processor, "r2", TRADE))
                .singleElement()
                .isInstanceOfSatisfying(ProcessingOutcome.Failed.class, failed -> assertThat(failed.message())
                        .contains("the audit record (SUCCESS) wasn't written: throttled"));
    }

    @Test
    void processWhenContentDiffersIsAConflictAndDeadLettered() {
        process("r1", TRADE);

        assertThat(process("r2", OTHER_PRICE))
                .singleElement()
                .isInstanceOfSatisfying(
                        ProcessingOutcome.Rejected.class,
                        rejected -> assertThat(rejected.rejection().reason()).isEqualTo("identity_conflict"));
        assertThat(store.rows())
                .singleElement()
                .satisfies(row -> assertThat(row.event().price()).isEqualTo("13.9400"));
        assertThat(audited()).containsExactly(AuditStatus.SUCCESS, AuditStatus.REJECTED);
        assertThat(deadLetters.letters()).singleElement().satisfies(letter -> {
            assertThat(letter.envelope().text()).isEqualTo(envelope(OTHER_PRICE));
            assertThat(letter.eventId()).isEqualTo("e-1");
            assertThat(letter.requestId()).isEqualTo("r2");
        });
    }

    @Test
    void processWhenBatchHoldsOneEventTwiceStoresItOnce() {
        assertThat(statuses(process("r1", TRADE, TRADE, OTHER_PRICE, TRADE)))
                .containsExactly(
                        AuditStatus.SUCCESS, AuditStatus.DUPLICATE, AuditStatus.REJECTED, AuditStatus.DUPLICATE);
        assertThat(store.rows()).hasSize(1);
        assertThat(audit.records(AuditStatus.DUPLICATE)).hasSize(2);
        assertThat(audit.records(AuditStatus.SUCCESS)).hasSize(1);
    }

    @Test
    void processWhenInvalidAuditsAndSendsTheEnvelopeAndGoesOn() {
        String invalid = "{\"event_id\":\"e-2\",\"symbol\":\"BAC\",\"price\":\"x\",\"volume\":1}";

        List<ProcessingOutcome> outcomes = process("r1", invalid, TRADE);

        assertThat(statuses(outcomes)).containsExactly(AuditStatus.REJECTED, AuditStatus.SUCCESS);
        assertThat(audit.records(AuditStatus.REJECTED)).singleElement().satisfies(record -> {
            assertThat(record.auditId()).isEqualTo("e-2#REJECTED");
            assertThat(record.details()).contains("invalid_price", "missing_exchange", "\"raw\":\"{");
        });
        assertThat(deadLetters.letters()).singleElement().satisfies(letter -> {
            assertThat(letter.envelope().text()).isEqualTo(envelope(invalid));
            assertThat(letter.rejection().reason()).isEqualTo("invalid_price");
            assertThat(letter.detailType()).isEqualTo("Trade Execution");
        });
    }

    @Test
    void processWhenPayloadIsNoEnvelopeAuditsAndSendsItToo() {
        List<ProcessingOutcome> outcomes = new MarketEventProcessor(parts)
                .process(envelopes("no json"), new InvocationContext("r1", NOW, NOW.plusSeconds(30)));

        assertThat(statuses(outcomes)).containsExactly(AuditStatus.REJECTED);
        assertThat(audit.records()).singleElement().satisfies(record -> {
            assertThat(record.eventId()).startsWith("unreadable-");
            assertThat(record.eventType()).isEqualTo("unknown");
        });
        assertThat(deadLetters.letters().get(0).envelope().text()).isEqualTo("no json");
    }

    @Test
    void processWhenDeadLetterIsNotSentFails() {
        deadLetters.failWith("queue gone");

        assertThat(process("r1", "{\"event_id\":\"e-2\"}"))
                .singleElement()
                .isInstanceOfSatisfying(ProcessingOutcome.Failed.class, failed -> assertThat(failed.message())
                        .contains("queue gone", "missing_exchange"));
        assertThat(audited()).containsExactly(AuditStatus.REJECTED, AuditStatus.ERROR);
    }

    @Test
    void processWhenStoreFailsIsAnErrorEachTime() {
        store.failWith("throttled");

        assertThat(process("r1", TRADE))
                .singleElement()
                .isInstanceOfSatisfying(ProcessingOutcome.Failed.class, failed -> assertThat(failed.message())
                        .isEqualTo("throttled"));
        process("r2", TRADE);
        assertThat(audited()).containsExactly(AuditStatus.ERROR, AuditStatus.ERROR);
        assertThat(audit.records().get(0).timestampMillis()).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void processWhenTheClockOfThePartsIsOffStillGivesTheStoreItsTime() {
        Instant deadline = Instant.now().plusSeconds(30);
        List<Instant> given = new ArrayList<>();
        MarketEventProcessor processor = new MarketEventProcessor(parts.toBuilder()
                .clock(Clock.offset(Clock.systemUTC(), Duration.ofDays(-1)))
                .store((rows, end) -> {
                    given.add(end);
                    return store.store(rows, end);
                })
                .build());

        processor.process(envelopes(envelope(TRADE)), new InvocationContext("r1", deadline.minusSeconds(30), deadline));

        assertThat(given).singleElement().satisfies(end -> assertThat(end)
                .isBetween(deadline.minusSeconds(25), deadline));
    }

    @Test
    void processWhenTheDeadlineIsLongPastGivesTheStoreNoTime() {
        List<Instant> given = new ArrayList<>();
        MarketEventProcessor processor = new MarketEventProcessor(parts.toBuilder()
                .store((rows, end) -> {
                    given.add(end);
                    return store.store(rows, end);
                })
                .build());

        processor.process(
                envelopes(envelope(TRADE)),
                new InvocationContext("r1", NOW, Instant.parse("-999999842-06-11T08:53:55Z")));

        assertThat(given).singleElement().satisfies(end -> assertThat(end).isBefore(Instant.now()));
    }

    @Test
    void processWhenStoreThrowsFailsTheEventsAndNotTheBatch() {
        MarketEventProcessor processor = new MarketEventProcessor(parts.toBuilder()
                .store((rows, deadline) -> {
                    throw new IllegalStateException("bug");
                })
                .build());

        assertThat(statuses(process(processor, "r1", TRADE, "{}")))
                .containsExactly(AuditStatus.ERROR, AuditStatus.REJECTED);
    }

    @Test
    void processWhenAuditFailsAndPolicyIsFailFailsTheEvent() {
        audit.failWith("audit down");

        assertThat(process("r1", TRADE))
                .singleElement()
                .isInstanceOfSatisfying(ProcessingOutcome.Failed.class, failed -> assertThat(failed.message())
                        .contains("SUCCESS", "audit down"));
        assertThat(told).containsExactly("audit SUCCESS: audit down", "audit ERROR: audit down");
        audit.recover();
        assertThat(statuses(process("r1", TRADE))).containsExactly(AuditStatus.SUCCESS);
    }

    @Test
    void processWhenAuditFailsAndPolicyIsFailSendsNoDeadLetterYet() {
        audit.failWith("audit down");

        process("r1", "{}");

        assertThat(deadLetters.letters()).isEmpty();
    }

    @Test
    void processWhenAuditFailsAndPolicyIsContinueTellsAndGoesOn() {
        audit.failWith("audit down");
        MarketEventProcessor processor = new MarketEventProcessor(parts.toBuilder()
                .auditFailurePolicy(AuditFailurePolicy.CONTINUE)
                .build());

        assertThat(statuses(process(processor, "r1", TRADE, "{}")))
                .containsExactly(AuditStatus.SUCCESS, AuditStatus.REJECTED);
        assertThat(told).hasSize(2);
        assertThat(deadLetters.letters()).hasSize(1);
    }

    @Test
    void processWhenAuditIsKeptForAWhileSetsItsExpiry() {
        process(
                new MarketEventProcessor(
                        parts.toBuilder().auditRetention(Duration.ofDays(10)).build()),
                "r1",
                TRADE);

        assertThat(audit.records().get(0).expirationSeconds())
                .isEqualTo(NOW.plus(Duration.ofDays(10)).getEpochSecond());
    }

    @Test
    void validateWhenItRejectsDeadLettersWithItsReason() {
        MarketEventProcessor processor = new MarketEventProcessor(parts) {
            @Override
            protected void validate(MarketEvent event) {
                throw new RejectedEventException("odd_lot", "volume", "must be a round lot");
            }
        };

        assertThat(statuses(process(processor, "r1", TRADE))).containsExactly(AuditStatus.REJECTED);
        assertThat(deadLetters.letters().get(0).rejection().message()).isEqualTo("volume must be a round lot");
        assertThat(store.rows()).isEmpty();
    }

    @Test
    void validateWhenItThrowsAnythingElseFailsTheEvent() {
        MarketEventProcessor processor = new MarketEventProcessor(parts) {
            @Override
            protected void validate(MarketEvent event) {
                throw new IllegalStateException("reference data not loaded");
            }
        };

        assertThat(process(processor, "r1", TRADE))
                .singleElement()
                .isInstanceOfSatisfying(ProcessingOutcome.Failed.class, failed -> assertThat(failed.message())
                        .contains("reference data not loaded"));
        assertThat(deadLetters.letters()).isEmpty();
    }

    @Test
    void enrichWhenItAddsStoresWhatItAdded() {
        MarketEventProcessor processor = new MarketEventProcessor(parts) {
            @Override
            protected MarketEvent enrich(MarketEvent event) {
                return event.toBuilder().attribute("desk", "x").build();
            }
        };

        process(processor, "r1", TRADE);

        assertThat(store.rows().get(0).event().attributes()).containsEntry("desk", "x");
    }

    @Test
    void enrichWhenItChangesTheIdentityFailsTheEvent() {
        MarketEventProcessor processor = new MarketEventProcessor(parts) {
            @Override
            protected MarketEvent enrich(MarketEvent event) {
                return event.toBuilder().eventId("other").build();
            }
        };

        assertThat(statuses(process(processor, "r1", TRADE))).containsExactly(AuditStatus.ERROR);
        assertThat(store.rows()).isEmpty();
    }

    @Test
    void expiryWhenPastIsSetToNowAndWhenEmptyNeverComes() {
        process(
                new MarketEventProcessor(parts.toBuilder()
                        .ttl((event, receivedAt) -> Optional.of(event.eventTime()))
                        .build()),
                "r1",
                TRADE);
        process(
                new MarketEventProcessor(
                        parts.toBuilder().ttl(TtlPolicy.never()).build()),
                "r1",
                TRADE.replace("e-1", "e-2"));

        assertThat(store.rows().get(0).expirationSeconds()).isEqualTo(NOW.getEpochSecond());
        assertThat(store.rows().get(1).expirationSeconds()).isNull();
    }

    @Test
    void onOutcomeWhenItThrowsChangesNothing() {
        MarketEventProcessor processor = new MarketEventProcessor(parts) {
            @Override
            protected void onOutcome(ProcessingOutcome outcome) {
                throw new IllegalStateException("listener bug");
            }
        };

        assertThat(statuses(process(processor, "r1", TRADE, "{}")))
                .containsExactly(AuditStatus.SUCCESS, AuditStatus.REJECTED);
        assertThat(told).containsExactly("reaction: listener bug", "reaction: listener bug");
    }

    @Test
    void processWhenBatchIsEmptyDoesNothing() {
        assertThat(new MarketEventProcessor(parts).process(List.of(), InvocationContext.of("r1")))
                .isEmpty();
    }
}
