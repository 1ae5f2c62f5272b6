package io.marketpipeline.puts;

import io.marketpipeline.audit.AuditAnswer;
import io.marketpipeline.audit.AuditRecord;
import io.marketpipeline.audit.AuditTrail;
import io.marketpipeline.audit.SameRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Appends records with conditional puts. The condition makes {@code SUCCESS} and {@code REJECTED} idempotent without
 * reading (the function may only put), and keeps whatever is there: an overwrite would hide what was said before.
 */
public final class PutAuditTrail implements AuditTrail {
    private static final AuditAnswer NONE_YET = new AuditAnswer.Failed("no answer", null);

    private final ItemPuts puts;

    /** A trail on the audit table's puts. */
    public PutAuditTrail(ItemPuts puts) {
        this.puts = puts;
    }

    @Override
    public List<AuditAnswer> record(List<AuditRecord> records, Instant deadline) {
        AuditAnswer[] answers = new AuditAnswer[records.size()];
        List<Moved> pending = new ArrayList<>(records.size());
        for (int i = 0; i < answers.length; i++) {
            answers[i] = NONE_YET;
            pending.add(new Moved(i, records.get(i)));
        }
        pending = append(pending, records, answers, deadline);
        for (int move = 1; move <= SameRecord.MAX_MOVES && !pending.isEmpty(); move++) {
            pending = append(moved(pending, records, move), records, answers, deadline);
        }
        for (Moved moved : pending) {
            answers[moved.index] = SameRecord.noKeyLeft(records.get(moved.index));
        }
        return Arrays.asList(answers);
    }

    /** A record with its place in the batch and as far as it has moved. */
    private record Moved(int index, AuditRecord record) {}

    private static List<Moved> moved(List<Moved> pending, List<AuditRecord> records, int move) {
        List<Moved> moved = new ArrayList<>(pending.size());
        for (Moved record : pending) {
            moved.add(new Moved(record.index, SameRecord.moved(records.get(record.index), move)));
        }
        return moved;
    }

    /** Puts the records, notes the answers, and gives those back whose key is another record's. */
    private List<Moved> append(
            List<Moved> pending, List<AuditRecord> records, AuditAnswer[] answers, Instant deadline) {
        List<AuditRecord> items = new ArrayList<>(pending.size());
        for (Moved moved : pending) {
            items.add(moved.record);
        }
        List<PutAnswer> puts = this.puts.put(items, deadline);
        List<Moved> further = new ArrayList<>(0);
        for (int i = 0; i < pending.size(); i++) {
            Moved moved = pending.get(i);
            PutAnswer put = puts.get(i);
            if (!(put instanceof PutAnswer.Taken taken)) {
                answers[moved.index] = answer(put);
            } else if (isOwn(moved.record, taken.existing())) {
                answers[moved.index] = new AuditAnswer.Recorded();
            } else if (isSame(records.get(moved.index), taken.existing())) {
                answers[moved.index] =
                        new AuditAnswer.AlreadyRecorded(taken.existing().rowSha256());
            } else if (moved.record.link() != null) {
                answers[moved.index] = new AuditAnswer.KeyTaken();
            } else {
                further.add(moved);
            }
        }
        return further;
    }

    private static boolean isOwn(AuditRecord record, ExistingItem existing) {
        return SameRecord.isSameLink(record, existing.writerId(), existing.chainNumber());
    }

    private static boolean isSame(AuditRecord record, ExistingItem existing) {
        return SameRecord.test(record, existing.requestId(), existing.rawSha256());
    }

    private static AuditAnswer answer(PutAnswer put) {
        if (put instanceof PutAnswer.Written) {
            return new AuditAnswer.Recorded();
        }
        if (put instanceof PutAnswer.TooLarge tooLarge) {
            return new AuditAnswer.Failed(tooLarge.message(), null);
        }
        PutAnswer.Failed failed = (PutAnswer.Failed) put;
        return new AuditAnswer.Failed(failed.message(), failed.cause());
    }
}
