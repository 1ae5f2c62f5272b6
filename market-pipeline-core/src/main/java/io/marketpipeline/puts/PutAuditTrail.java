package io.marketpipeline.puts;

import io.marketpipeline.audit.AuditAnswer;
import io.marketpipeline.audit.AuditRecord;
import io.marketpipeline.audit.MovingAuditTrail;
import io.marketpipeline.audit.SameRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends records with conditional puts. The condition makes {@code SUCCESS} and {@code REJECTED} idempotent without
 * reading (the function may only put), and keeps whatever is there: an overwrite would hide what was said before.
 */
public final class PutAuditTrail extends MovingAuditTrail {
    private final ItemPuts puts;

    /** A trail on the audit table's puts. */
    public PutAuditTrail(ItemPuts puts) {
        this.puts = puts;
    }

    @Override
    public List<AuditAnswer> record(List<AuditRecord> records, Instant deadline) {
        return moved(records, write(records, deadline), deadline);
    }

    @Override
    protected List<AuditAnswer> write(List<AuditRecord> records, Instant deadline) {
        List<PutAnswer> written = puts.put(records, deadline);
        List<AuditAnswer> answers = new ArrayList<>(written.size());
        for (int i = 0; i < written.size(); i++) {
            answers.add(answer(records.get(i), written.get(i)));
        }
        return answers;
    }

    private static AuditAnswer answer(AuditRecord record, PutAnswer put) {
        if (put instanceof PutAnswer.Written) {
            return new AuditAnswer.Recorded();
        }
        if (put instanceof PutAnswer.Taken taken) {
            return ofTaken(record, taken.existing());
        }
        if (put instanceof PutAnswer.TooLarge tooLarge) {
            return new AuditAnswer.Failed(tooLarge.message(), null);
        }
        PutAnswer.Failed failed = (PutAnswer.Failed) put;
        return new AuditAnswer.Failed(failed.message(), failed.cause());
    }

    private static AuditAnswer ofTaken(AuditRecord record, ExistingItem existing) {
        if (SameRecord.isSameLink(record, existing.writerId(), existing.chainNumber())) {
            return new AuditAnswer.Recorded();
        }
        return SameRecord.test(record, existing.requestId(), existing.rawSha256())
                ? new AuditAnswer.AlreadyRecorded(existing.rowSha256())
                : new AuditAnswer.KeyTaken();
    }
}
