package io.marketpipeline.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.marketpipeline.schema.ItemHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AuditChainTest {
    private static final AuditAnswer RECORDED = new AuditAnswer.Recorded();
    private static final AuditAnswer ALREADY = new AuditAnswer.AlreadyRecorded(null);
    private static final AuditAnswer UNKNOWN = new AuditAnswer.Failed("cut", null);

    private final AuditChain chain = new AuditChain();
    private final List<AuditRecord> sent = new ArrayList<>();

    private static AuditRecord record(String eventId) {
        return AuditRecord.builder(AuditStatus.SUCCESS, eventId).requestId("r").build();
    }

    /** Writes as many records as there are answers to give. */
    private void write(AuditAnswer... answers) {
        List<AuditRecord> records =
                Arrays.stream(answers).map(answer -> record("e" + sent.size())).toList();
        chain.over((linked, deadline) -> {
                    sent.addAll(linked);
                    return List.of(answers);
                })
                .record(records, Instant.MAX);
    }

    private List<Long> numbers() {
        return sent.stream().map(record -> link(record).number()).toList();
    }

    private static ChainLink link(AuditRecord record) {
        return Objects.requireNonNull(record.link());
    }

    private static String hash(AuditRecord record) {
        return ItemHash.sha256(record);
    }

    @Test
    void eachRecordCarriesTheHashOfTheOneBefore() {
        write(RECORDED, RECORDED);
        write(RECORDED);

        assertThat(numbers()).containsExactly(1L, 2L, 3L);
        assertThat(link(sent.get(0)).previousSha256()).isNull();
        assertThat(link(sent.get(1)).previousSha256()).isEqualTo(hash(sent.get(0)));
        assertThat(link(sent.get(2)).previousSha256()).isEqualTo(hash(sent.get(1)));
        assertThat(sent)
                .extracting(record -> link(record).writerId())
                .containsOnly(link(sent.get(0)).writerId());
    }

    @Test
    void numberOfARecordThatWasThereAlreadyIsGivenToTheNext() {
        write(RECORDED, ALREADY, ALREADY);
        write(ALREADY);
        write(RECORDED);

        assertThat(numbers()).containsExactly(1L, 2L, 3L, 2L, 2L);
        assertThat(link(sent.get(4)).previousSha256()).isEqualTo(hash(sent.get(0)));
        assertThat(chain.nextHead())
                .contains(new ChainHead(link(sent.get(0)).writerId(), 2, hash(sent.get(4)), List.of()));
    }

    @Test
    void numberOfAnUnconfirmedPutIsNeverGivenAgainAndNamed() {
        write(RECORDED, ALREADY, RECORDED, UNKNOWN);

        assertThat(chain.nextHead()).get().satisfies(head -> {
            assertThat(head.number()).isEqualTo(3);
            assertThat(head.skipped()).containsExactly(2L);
        });
        write(RECORDED);
        assertThat(numbers()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(link(sent.get(4)).previousSha256()).isEqualTo(hash(sent.get(3)));
        assertThat(chain.nextHead()).get().satisfies(head -> {
            assertThat(head.number()).isEqualTo(5);
            assertThat(head.skipped()).containsExactly(2L, 4L);
        });
    }

    /** Each was named once: with that line lost, the place looked like a deleted record. */
    @Test
    void skippedPlacesAreNamedAgainByLaterHeadsWhileTheyAreFew() {
        write(UNKNOWN, RECORDED);
        List<Long> named = skipped();
        write(RECORDED);
        assertThat(skipped()).isEqualTo(named).containsExactly(1L);

        for (int i = 0; i < 20; i++) {
            write(UNKNOWN, RECORDED);
        }
        assertThat(skipped()).hasSize(21).startsWith(1L, 4L).endsWith(42L);
        write(RECORDED);
        assertThat(skipped()).hasSize(16).startsWith(12L).endsWith(42L);
    }

    private List<Long> skipped() {
        return chain.nextHead().orElseThrow().skipped();
    }

    @Test
    void numbersOfABatchWithoutAnswerAreNamed() {
        AuditTrail dying = chain.over((records, deadline) -> {
            throw new IllegalStateException("gone");
        });
        assertThatIllegalStateException()
                .isThrownBy(() -> dying.record(List.of(record("a"), record("b")), Instant.MAX));
        assertThat(chain.nextHead()).isEmpty();

        write(RECORDED);
        assertThat(chain.nextHead()).get().satisfies(head -> {
            assertThat(head.number()).isEqualTo(3);
            assertThat(head.skipped()).containsExactly(1L, 2L);
        });
    }

    @Test
    void headIsToldOncePerChange() {
        assertThat(chain.nextHead()).isEmpty();
        write(RECORDED);
        assertThat(chain.nextHead()).isPresent();
        assertThat(chain.nextHead()).isEmpty();
        write(ALREADY);
        assertThat(chain.nextHead()).isEmpty();
    }

    @Test
    void chainsOfTwoProcessesHaveIdsOfTheirOwn() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            new AuditChain()
                    .over((linked, deadline) -> {
                        ids.add(link(linked.get(0)).writerId());
                        return List.of(RECORDED);
                    })
                    .record(List.of(record("e")), Instant.MAX);
        }

        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f]{24}"));
    }
}
