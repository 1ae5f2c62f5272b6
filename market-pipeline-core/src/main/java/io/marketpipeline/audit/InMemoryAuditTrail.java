package io.marketpipeline.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An audit trail in memory for tests of processors: the contract's answers, no endpoint. Thread-safe. */
public final class InMemoryAuditTrail extends MovingAuditTrail {
    private final Map<String, AuditRecord> records = new LinkedHashMap<>();
    private @Nullable String failure;

    @Override
    public List<AuditAnswer> record(List<AuditRecord> batch, Instant deadline) {
        return moved(batch, write(batch, deadline), deadline);
    }

    @Override
    protected synchronized List<AuditAnswer> write(List<AuditRecord> batch, Instant deadline) {
        List<AuditAnswer> answers = new ArrayList<>(batch.size());
        for (AuditRecord record : batch) {
            answers.add(failure == null ? append(record) : new AuditAnswer.Failed(failure, null));
        }
        return answers;
    }

    private AuditAnswer append(AuditRecord record) {
        AuditRecord existing = records.putIfAbsent(record.auditId() + "@" + record.timestampMillis(), record);
        if (existing == null || isOwn(record, existing.link())) {
            return new AuditAnswer.Recorded();
        }
        return SameRecord.test(record, existing.requestId(), existing.rawSha256())
                ? new AuditAnswer.AlreadyRecorded(existing.rowSha256())
                : new AuditAnswer.KeyTaken();
    }

    private static boolean isOwn(AuditRecord record, @Nullable ChainLink existing) {
        return existing != null && SameRecord.isSameLink(record, existing.writerId(), existing.number());
    }

    /** Makes every write from now on fail with a message, writing nothing. */
    public synchronized void failWith(String message) {
        failure = message;
    }

    /** Ends what {@link #failWith(String)} began. */
    public synchronized void recover() {
        failure = null;
    }

    /** All records in the order of their writing. */
    public synchronized List<AuditRecord> records() {
        return List.copyOf(records.values());
    }

    /** The records with a status, in the order of their writing. */
    public List<AuditRecord> records(AuditStatus status) {
        return records().stream().filter(record -> record.status() == status).toList();
    }
}
