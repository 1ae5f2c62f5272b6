package io.marketpipeline.puts;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.audit.AuditAnswer;
import io.marketpipeline.audit.AuditRecord;
import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.TableItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the trail asks of any puts; the rest is the clients' contract. */
class PutAuditTrailTest {
    private final List<Integer> calls = new ArrayList<>();
    private final Set<Object> taken = new HashSet<>();
    private final PutAuditTrail trail = new PutAuditTrail(this::put);

    private List<PutAnswer> put(List<? extends TableItem> items, Instant deadline) {
        calls.add(items.size());
        assertThat(items.stream().map(TableItem::key)).doesNotHaveDuplicates();
        return items.stream().map(this::put).toList();
    }

    private PutAnswer put(TableItem item) {
        return taken.add(item.key())
                ? new PutAnswer.Written()
                : new PutAnswer.Taken(new ExistingItem(Map.of(AuditTrailTable.REQUEST_ID, "r")));
    }

    private static AuditRecord record(String eventId) {
        return AuditRecord.builder(AuditStatus.SUCCESS, eventId).requestId("r").build();
    }

    @Test
    void recordWhenKeysRepeatWritesTheFirstOfEach() {
        List<AuditAnswer> answers =
                trail.record(List.of(record("a"), record("a"), record("b"), record("a")), Instant.MAX);

        assertThat(answers)
                .containsExactly(
                        new AuditAnswer.Recorded(),
                        new AuditAnswer.AlreadyRecorded(null),
                        new AuditAnswer.Recorded(),
                        new AuditAnswer.AlreadyRecorded(null));
        assertThat(calls).containsExactly(2, 1, 1);
    }

    @Test
    void recordWhenKeysDifferMakesOneCall() {
        assertThat(trail.record(List.of(record("a"), record("b"), record("c")), Instant.MAX))
                .hasOnlyElementsOfType(AuditAnswer.Recorded.class);
        assertThat(calls).containsExactly(3);
    }
}
