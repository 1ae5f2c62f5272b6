package io.marketpipeline.puts;

import io.marketpipeline.audit.AuditAnswer;
import io.marketpipeline.audit.AuditRecord;
import io.marketpipeline.audit.MovingAuditTrail;
import io.marketpipeline.audit.SameRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        if (records.size() == 1) {
            return List.of(answer(records.get(0), puts.put(records, deadline).get(0)));
        }
        AuditAnswer[] answers = new AuditAnswer[records.size()];
        List<Integer> open = new ArrayList<>(answers.length);
        for (int i = 0; i < answers.length; i++) {
            open.add(i);
        }
        while (!open.isEmpty()) {
            open = writeFirstOfEachKey(records, open, answers, deadline);
        }
        return List.of(answers);
    }

    /** Gives the others of each key back, which wait for it: else chance would say which of them is written. */
    private List<Integer> writeFirstOfEachKey(
            List<AuditRecord> records, List<Integer> open, AuditAnswer[] answers, Instant deadline) {
        Map<Object, Integer> first = new LinkedHashMap<>();
        List<Integer> later = new ArrayList<>(0);
        for (int index : open) {
            if (first.putIfAbsent(records.get(index).key(), index) != null) {
                later.add(index);
            }
        }
        List<AuditRecord> now = new ArrayList<>(first.size());
        first.values().forEach(index -> now.add(records.get(index)));
        Iterator<PutAnswer> written = puts.put(now, deadline).iterator();
        for (int index : first.values()) {
            answers[index] = answer(records.get(index), written.next());
        }
        return later;
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
