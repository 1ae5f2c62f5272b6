package io.marketpipeline.maven.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.audit.AuditChain;
import io.marketpipeline.audit.AuditRecord;
import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.audit.ChainHead;
import io.marketpipeline.audit.InMemoryAuditTrail;
import io.marketpipeline.maven.reconcile.Finding.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four records by the real chain, of which the first three are below the logged head. */
class ChainCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");

    /** When the first record was written; each other one a day after the one before. */
    private static final Instant WRITTEN = NOW.minus(Duration.ofDays(10));

    private final List<Map<String, Object>> records = new ArrayList<>();
    private ChainHead head;
    private @Nullable Instant headAt;

    @BeforeEach
    void write() {
        AuditChain chain = new AuditChain();
        InMemoryAuditTrail trail = new InMemoryAuditTrail();
        chain.over(trail)
                .record(IntStream.range(0, 3).mapToObj(ChainCheckTest::success).toList(), Instant.MAX);
        head = chain.nextHead().orElseThrow();
        chain.over(trail).record(List.of(success(3)), Instant.MAX);
        trail.records().forEach(record -> records.add(ReadItems.of(record)));
    }

    private static AuditRecord success(int number) {
        return AuditRecord.builder(AuditStatus.SUCCESS, "e" + number)
                .requestId("r")
                .timestampMillis(number)
                .createdAtSeconds(WRITTEN.plus(Duration.ofDays(number)).getEpochSecond())
                .build();
    }

    private ChainCheck check() {
        return check(OptionalInt.empty());
    }

    /** A check of records that live for so many days, with heads logged at once. */
    private ChainCheck check(OptionalInt days) {
        ChainCheck check = new ChainCheck(days, NOW);
        check.head(head, headAt);
        records.forEach(check::record);
        return check;
    }

    private void alter(int index) {
        Map<String, Object> altered = new HashMap<>(records.get(index));
        altered.put("details", "forged");
        records.set(index, altered);
    }

    @Test
    void chainThatIsWholeHasNoFinding() {
        ChainCheck check = check();

        assertThat(check.findings()).isEmpty();
        assertThat(check.records()).isEqualTo(4);
        assertThat(check.unfixed()).isEqualTo(1);
    }

    @Test
    void recordWhenAlteredIsNamed() {
        alter(0);

        assertThat(check().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.RECORD_ALTERED);
            assertThat(finding.subject()).isEqualTo("e0#SUCCESS at 0");
        });
    }

    @Test
    void recordWhenAlteredAtTheHeadIsNamedOnce() {
        alter(2);

        assertThat(check().findings()).singleElement().satisfies(finding -> assertThat(finding.subject())
                .isEqualTo("e2#SUCCESS at 2"));
    }

    @Test
    void recordWhenAllBehindItIsRewrittenToMatchIsStillToldByTheLog() {
        AuditChain forger = new AuditChain();
        InMemoryAuditTrail trail = new InMemoryAuditTrail();
        forger.over(trail)
                .record(
                        IntStream.range(0, 3)
                                .map(i -> i + 10)
                                .mapToObj(ChainCheckTest::success)
                                .toList(),
                        Instant.MAX);
        String writer = head.writerId();
        records.clear();
        trail.records().forEach(record -> {
            Map<String, Object> item = ReadItems.of(record);
            item.put("writer_id", writer);
            records.add(item);
        });

        assertThat(check().findings()).extracting(Finding::kind).contains(Kind.RECORD_ALTERED);
    }

    @Test
    void recordWhenDeletedBelowTheHeadIsNamedByItsPlace() {
        records.remove(1);

        assertThat(check().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.RECORD_DELETED);
            assertThat(finding.subject()).isEqualTo("record 2 of chain " + head.writerId());
            assertThat(finding.message()).contains("after e0#SUCCESS at 0", "before e2#SUCCESS at 2");
        });
    }

    @Test
    void recordWhenAbsentAboveTheHeadIsNoFinding() {
        records.remove(3);

        assertThat(check().findings()).isEmpty();
    }

    @Test
    void numberThatTheLogNamesAsSkippedIsNoFinding() {
        records.remove(1);
        head = new ChainHead(head.writerId(), head.number(), head.sha256(), List.of(2L));

        assertThat(check().findings()).isEmpty();
    }

    @Test
    void chainWhenGoneAltogetherIsToldByTheLog() {
        records.clear();

        assertThat(check().findings()).singleElement().satisfies(finding -> assertThat(finding.subject())
                .startsWith("records 1 to 3 of chain"));
    }

    @Test
    void beginningOfAChainMayBeGoneWhereRecordsExpire() {
        records.remove(0);

        assertThat(check(OptionalInt.of(30)).findings()).isEmpty();
        assertThat(check().findings()).hasSize(1);
    }

    @Test
    void recordsThatExpireOutOfOrderAreNoFinding() {
        records.remove(1);

        assertThat(check(OptionalInt.of(10)).findings())
                .as("the first has expired and is there still, the second may have")
                .isEmpty();
        assertThat(check(OptionalInt.of(11)).findings())
                .as("the first hasn't expired, so the second can't have")
                .extracting(Finding::kind)
                .containsExactly(Kind.RECORD_DELETED);
    }

    @Test
    void recordBehindAHeadThatWasLoggedLatelyCannotHaveExpired() {
        records.clear();
        ChainCheck check = check(OptionalInt.of(5));
        check.head(new ChainHead(head.writerId(), 1, "0".repeat(64), List.of()), NOW.minus(Duration.ofDays(4)));

        assertThat(check.findings()).singleElement().satisfies(finding -> assertThat(finding.subject())
                .startsWith("records 2 to 3 of chain"));
    }

    @Test
    void chainWhenItsHeadIsKnownFromARedriveReportAloneIsChecked() {
        records.remove(1);
        headAt = null;

        assertThat(check().findings()).extracting(Finding::kind).containsExactly(Kind.RECORD_DELETED);
    }

    @Test
    void secondRecordInOnePlaceIsNamed() {
        Map<String, Object> copy = new HashMap<>(Objects.requireNonNull(records.get(1)));
        copy.put("audit_id", "x#SUCCESS");
        records.add(copy);

        assertThat(check().findings())
                .filteredOn(finding -> finding.kind() == Kind.RECORD_FORGED)
                .extracting(Finding::subject)
                .containsExactly("x#SUCCESS at 1");
    }

    /** A record of our chain's writer, in a place of the forger's choice. */
    private Map<String, Object> forged(String place) {
        Map<String, Object> forged = new HashMap<>(records.get(0));
        forged.put("audit_id", "x#SUCCESS");
        forged.put("chain_number", new BigDecimal(place));
        return forged;
    }

    /** The check counted up from the place, for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"-9000000000000000000", "0", "1.5", "9300000000000000000", "1E+125"})
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void recordInAPlaceThatNoWriterGivesIsForgedAndLeavesTheChainAlone(String place) {
        records.add(forged(place));

        assertThat(check().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.RECORD_FORGED);
            assertThat(finding.subject()).isEqualTo("x#SUCCESS at 0");
            assertThat(finding.message())
                    .isEqualTo("place " + new BigDecimal(place) + " of chain " + head.writerId()
                            + " is none: a writer counts from 1");
        });
        assertThat(check(OptionalInt.of(30)).findings()).hasSize(1);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void gapsAreFoundWithoutCountingThroughThem() {
        records.add(forged("8000000000000000000"));
        head = new ChainHead(head.writerId(), Long.MAX_VALUE, "0".repeat(64), List.of(7L, 5_000_000_000_000_000_000L));

        assertThat(check().findings())
                .extracting(Finding::subject)
                .containsExactly(
                        "records 5 to 6 of chain " + head.writerId(),
                        "records 8 to 4999999999999999999 of chain " + head.writerId(),
                        "records 5000000000000000001 to 7999999999999999999 of chain " + head.writerId(),
                        "records 8000000000000000001 to 9223372036854775806 of chain " + head.writerId());
    }

    /** Reckoning with such a time ended the whole check. */
    @Test
    void recordThatSaysItIsOfATimeBeyondAllOthersIsJudgedByItsHash() {
        Map<String, Object> altered = new HashMap<>(records.get(0));
        altered.put("created_at", new BigDecimal("9000000000000000000"));
        records.set(0, altered);
        records.remove(1);

        assertThat(check(OptionalInt.of(10)).findings())
                .extracting(Finding::kind)
                .containsExactly(Kind.RECORD_DELETED);
    }
}
