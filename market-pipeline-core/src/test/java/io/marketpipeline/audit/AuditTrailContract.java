package io.marketpipeline.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every audit trail must do. */
public abstract class AuditTrailContract {
    private static final AuditAnswer RECORDED = new AuditAnswer.Recorded();
    private static final AuditAnswer ALREADY = new AuditAnswer.AlreadyRecorded(null);

    private final String id = "e-" + UUID.randomUUID();

    protected abstract AuditTrail trail();

    /** The sort keys of the records that are there of an event and a status, in order. */
    protected abstract List<Long> timestamps(AuditStatus status, String eventId);

    protected final AuditRecord record(AuditStatus status, String requestId, String hash) {
        return AuditRecord.builder(status, id)
                .eventType("Trade Execution")
                .timestampMillis(1000)
                .details("{\"a\":1}")
                .environment("test")
                .createdAtSeconds(1)
                .requestId(requestId)
                .rawSha256(hash)
                .expirationSeconds(9_999_999_999L)
                .build();
    }

    private List<AuditAnswer> write(AuditRecord... records) {
        return trail().record(List.of(records), Instant.now().plusSeconds(20));
    }

    @Test
    void recordWhenSuccessIsThereKeepsTheFirstWhoeverWritesIt() {
        assertThat(write(record(AuditStatus.SUCCESS, "r1", "h"))).containsExactly(RECORDED);
        assertThat(write(record(AuditStatus.SUCCESS, "r1", "h"))).containsExactly(ALREADY);
        assertThat(write(record(AuditStatus.SUCCESS, "r2", "h"))).containsExactly(ALREADY);
        assertThat(timestamps(AuditStatus.SUCCESS, id)).containsExactly(1000L);
    }

    @Test
    void recordWhenSuccessOfAnotherRowIsThereSaysSo() {
        AuditRecord first = record(AuditStatus.SUCCESS, "r1", "h").toBuilder()
                .rowSha256("row 1")
                .build();
        AuditRecord second =
                first.toBuilder().requestId("r2").rowSha256("row 2").build();

        assertThat(write(first)).containsExactly(RECORDED);
        assertThat(write(first, second))
                .allSatisfy(answer -> assertThat(answer).isEqualTo(new AuditAnswer.AlreadyRecorded("row 1")));
        assertThat(new AuditAnswer.AlreadyRecorded("row 1").isOfAnotherRow(first))
                .isFalse();
        assertThat(new AuditAnswer.AlreadyRecorded("row 1").isOfAnotherRow(second))
                .isTrue();
    }

    @Test
    void recordWhenRejectedAgainKeepsOnePerContent() {
        assertThat(write(record(AuditStatus.REJECTED, "r1", "h1"))).containsExactly(RECORDED);
        assertThat(write(record(AuditStatus.REJECTED, "r2", "h1"))).containsExactly(ALREADY);
        assertThat(write(record(AuditStatus.REJECTED, "r3", "h2"))).containsExactly(RECORDED);
        assertThat(write(record(AuditStatus.REJECTED, "r4", "h2"))).containsExactly(ALREADY);
        assertThat(timestamps(AuditStatus.REJECTED, id)).containsExactly(1000L, 1001L);
    }

    @Test
    void recordWhenDuplicatesFallOnOneMillisecondKeepsEach() {
        assertThat(write(record(AuditStatus.DUPLICATE, "r1", "h"))).containsExactly(RECORDED);
        assertThat(write(record(AuditStatus.DUPLICATE, "r2", "h"))).containsExactly(RECORDED);
        assertThat(write(record(AuditStatus.DUPLICATE, "r2", "h"))).containsExactly(ALREADY);
        assertThat(timestamps(AuditStatus.DUPLICATE, id)).containsExactly(1000L, 1001L);
    }

    @Test
    void recordWhenStatusesDifferTheyDoNotMeet() {
        assertThat(write(
                        record(AuditStatus.SUCCESS, "r", "h"),
                        record(AuditStatus.DUPLICATE, "r", "h"),
                        record(AuditStatus.ERROR, "r", "h"),
                        record(AuditStatus.UNDELIVERED, "r", "h"),
                        record(AuditStatus.REJECTED, "r", "h")))
                .hasSize(5)
                .containsOnly(RECORDED);
    }

    private AuditRecord linked(AuditStatus status, String requestId, String writerId, long number) {
        return record(status, requestId, "h-" + requestId).toBuilder()
                .link(new ChainLink(writerId, number, null))
                .build();
    }

    @Test
    void recordWhenAnotherIsThereLeavesALinkedOneWhereItIs() {
        assertThat(write(linked(AuditStatus.REJECTED, "r1", "w1", 1))).containsExactly(RECORDED);
        assertThat(write(linked(AuditStatus.REJECTED, "r2", "w2", 1))).containsExactly(new AuditAnswer.KeyTaken());
        assertThat(timestamps(AuditStatus.REJECTED, id)).containsExactly(1000L);
    }

    @Test
    void recordWhenItsAnswerWasLostFindsItselfAgain() {
        AuditRecord record = linked(AuditStatus.SUCCESS, "r1", "w1", 1);

        assertThat(write(record)).containsExactly(RECORDED);
        assertThat(write(record)).containsExactly(RECORDED);
        assertThat(write(linked(AuditStatus.SUCCESS, "r1", "w2", 1))).containsExactly(ALREADY);
    }

    @Test
    void recordWhenChainedMovesOnLikeAnother() {
        AuditTrail chained = new AuditChain().over(trail());
        Instant deadline = Instant.now().plusSeconds(20);

        assertThat(chained.record(List.of(record(AuditStatus.REJECTED, "r1", "h1")), deadline))
                .containsExactly(RECORDED);
        assertThat(chained.record(List.of(record(AuditStatus.REJECTED, "r2", "h2")), deadline))
                .containsExactly(RECORDED);
        assertThat(chained.record(List.of(record(AuditStatus.REJECTED, "r3", "h2")), deadline))
                .containsExactly(ALREADY);
        assertThat(timestamps(AuditStatus.REJECTED, id)).containsExactly(1000L, 1001L);
    }

    @Test
    void recordWhenNoKeyIsLeftFails() {
        AuditRecord late = record(AuditStatus.ERROR, "one too many", "h");
        for (int move = 0; move <= SameRecord.MAX_MOVES; move++) {
            long taken = move == 0
                    ? late.timestampMillis()
                    : SameRecord.moved(late, move).timestampMillis();
            AuditRecord other = record(AuditStatus.ERROR, "r" + move, "h");
            assertThat(write(other.toBuilder().timestampMillis(taken).build())).containsExactly(RECORDED);
        }

        assertThat(write(late)).singleElement().isInstanceOf(AuditAnswer.Failed.class);
        assertThat(timestamps(AuditStatus.ERROR, id)).hasSize(SameRecord.MAX_MOVES + 1);
    }

    @Test
    void recordWhenManyContentsShareAnIdentityKeepsEachOnce() {
        AuditTrail chained = new AuditChain().over(trail());
        List<AuditRecord> records = IntStream.range(0, 150)
                .mapToObj(i -> record(AuditStatus.REJECTED, "r", "h" + i))
                .toList();
        Instant deadline = Instant.now().plusSeconds(60);

        assertThat(chained.record(records.subList(0, 100), deadline)).containsOnly(RECORDED);
        assertThat(trail().record(records.subList(100, 150), deadline)).containsOnly(RECORDED);
        assertThat(chained.record(records, deadline)).containsOnly(ALREADY);
        assertThat(timestamps(AuditStatus.REJECTED, id)).hasSize(150);
    }

    /** As {@code redrive} writes it of a pack's letter: its time is the letter's. */
    @Test
    void recordWhenAllEventsOfALetterHaveOneIdentityKeepsEachOnce() {
        List<AuditRecord> records = IntStream.range(0, 100)
                .mapToObj(i -> record(AuditStatus.UNDELIVERED, "dead-letter m#" + i, "h"))
                .toList();
        Instant deadline = Instant.now().plusSeconds(60);

        assertThat(trail().record(records, deadline)).containsOnly(RECORDED);
        assertThat(trail().record(records, deadline)).containsOnly(ALREADY);
    }
}
