package io.marketpipeline.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryAuditTrailTest extends AuditTrailContract {
    private final InMemoryAuditTrail trail = new InMemoryAuditTrail();

    @Override
    protected AuditTrail trail() {
        return trail;
    }

    @Override
    protected List<Long> timestamps(AuditStatus status, String eventId) {
        return trail.records(status).stream().map(AuditRecord::timestampMillis).toList();
    }

    @Test
    void failWithFailsUntilRecover() {
        trail.failWith("down");
        List<AuditRecord> records = List.of(record(AuditStatus.SUCCESS, "r", "h"));

        assertThat(trail.record(records, Instant.MAX)).containsExactly(new AuditAnswer.Failed("down", null));
        trail.recover();
        assertThat(trail.record(records, Instant.MAX)).containsExactly(new AuditAnswer.Recorded());
    }
}
