package io.marketpipeline.processor;

import io.marketpipeline.audit.AuditAnswer;
import io.marketpipeline.audit.AuditFailurePolicy;
import io.marketpipeline.audit.AuditRecord;
import io.marketpipeline.deadletter.DeadLetter;
import io.marketpipeline.deadletter.DeadLetterAnswer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes what became of each event: the audit records, then the dead letters of what was refused, then the records of what
 * failed. A duplicate's own record follows the {@code SUCCESS} record of the row that it repeats, since whoever wrote that
 * row may have died before auditing it.
 */
final class BatchRecording implements BatchStep {
    private final ProcessorParts parts;
    private final InvocationContext context;
    private final AuditRecords records;

    BatchRecording(ProcessorParts parts, InvocationContext context, AuditRecords records) {
        this.parts = parts;
        this.context = context;
        this.records = records;
    }

    @Override
    public void run(List<BatchEntry> entries) {
        List<Note> first = new ArrayList<>(entries.size());
        for (BatchEntry entry : entries) {
            ProcessingOutcome outcome = entry.outcome();
            if (outcome instanceof ProcessingOutcome.Stored || outcome instanceof ProcessingOutcome.Rejected) {
                first.add(new Note(entry, records.of(entry)));
            }
        }
        List<BatchEntry> duplicates = where(entries, ProcessingOutcome.Duplicate.class);
        // Last, since they are mostly there already: what isn't written at a batch's end leaves no gap in the chain.
        for (BatchEntry entry : duplicates) {
            ProcessingOutcome.Duplicate duplicate = (ProcessingOutcome.Duplicate) entry.outcome();
            first.add(new Note(entry, records.successOf(entry, duplicate)));
        }
        List<Note> others = ofOtherRows(first, audit(first));
        // No call with nothing to do: those make the compiler take this into its callers as a whole
        // (docs/performance.md).
        if (!others.isEmpty()) {
            audit(others);
        }
        if (!duplicates.isEmpty()) {
            audit(stillDuplicates(duplicates));
        }
        List<BatchEntry> rejected = where(entries, ProcessingOutcome.Rejected.class);
        if (!rejected.isEmpty()) {
            deadLetter(rejected);
        }
        List<BatchEntry> failed = where(entries, ProcessingOutcome.Failed.class);
        if (!failed.isEmpty()) {
            recordErrors(failed);
        }
    }

    private List<Note> stillDuplicates(List<BatchEntry> duplicates) {
        List<Note> still = new ArrayList<>(duplicates.size());
        for (BatchEntry entry : where(duplicates, ProcessingOutcome.Duplicate.class)) {
            still.add(new Note(entry, records.of(entry)));
        }
        return still;
    }

    private static List<BatchEntry> where(List<BatchEntry> entries, Class<? extends ProcessingOutcome> outcome) {
        List<BatchEntry> found = List.of();
        for (BatchEntry entry : entries) {
            if (outcome.isInstance(entry.outcome())) {
                found = found.isEmpty() ? new ArrayList<>() : found;
                found.add(entry);
            }
        }
        return found;
    }

    private record Note(BatchEntry entry, AuditRecord record) {}

    private List<AuditAnswer> audit(List<Note> notes) {
        List<AuditAnswer> answers = notes.isEmpty() ? List.of() : write(notes);
        for (int i = 0; i < notes.size(); i++) {
            if (answers.get(i) instanceof AuditAnswer.Failed failed) {
                auditFailed(notes.get(i).entry, failed);
            }
        }
        return answers;
    }

    /**
     * Records of rows other than those that the records under their events' times are of. Mostly the first row has expired, and
     * the event came again: the first row's record may expire long before the second row does, or has expired already and
     * DynamoDB deletes it any moment.
     */
    private List<Note> ofOtherRows(List<Note> notes, List<AuditAnswer> answers) {
        List<Note> others = List.of();
        for (int i = 0; i < notes.size(); i++) {
            Note note = notes.get(i);
            if (answers.get(i) instanceof AuditAnswer.AlreadyRecorded already && already.isOfAnotherRow(note.record)) {
                AuditRecord record = records.ofAnotherRow(note.entry);
                if (record != null) {
                    others = others.isEmpty() ? new ArrayList<>() : others;
                    others.add(new Note(note.entry, record));
                }
            }
        }
        return others;
    }

    private void auditFailed(BatchEntry entry, AuditAnswer.Failed failed) {
        ProcessingOutcome outcome = entry.outcome();
        tellAuditFailed(outcome, failed);
        if (parts.auditFailurePolicy() == AuditFailurePolicy.FAIL) {
            String message = "the audit record (" + outcome.status() + ") wasn't written: " + failed.message();
            entry.outcome(failed(outcome, message, failed.cause()));
        }
    }

    private void recordErrors(List<BatchEntry> entries) {
        List<Note> notes = new ArrayList<>(entries.size());
        for (BatchEntry entry : entries) {
            notes.add(new Note(entry, records.of(entry)));
        }
        List<AuditAnswer> answers = write(notes);
        for (int i = 0; i < notes.size(); i++) {
            if (answers.get(i) instanceof AuditAnswer.Failed failed) {
                tellAuditFailed(notes.get(i).entry.outcome(), failed);
            }
        }
    }

    private void tellAuditFailed(ProcessingOutcome outcome, AuditAnswer.Failed failed) {
        Listeners.tell(() -> parts.listener().auditFailed(outcome, failed.message(), failed.cause()));
    }

    private List<AuditAnswer> write(List<Note> notes) {
        List<AuditRecord> batch = new ArrayList<>(notes.size());
        for (Note note : notes) {
            batch.add(note.record);
        }
        try {
            List<AuditAnswer> answers = parts.auditTrail().record(batch, Failures.stepDeadline(context));
            Failures.checkCount("the audit trail", batch.size(), answers.size());
            return answers;
        } catch (RuntimeException e) {
            AuditAnswer failed = new AuditAnswer.Failed("the audit trail failed: " + Failures.describe(e), e);
            return Collections.nCopies(batch.size(), failed);
        }
    }

    private void deadLetter(List<BatchEntry> entries) {
        List<DeadLetter> letters = new ArrayList<>(entries.size());
        entries.forEach(entry -> letters.add(letter(entry)));
        try {
            List<DeadLetterAnswer> answers = parts.deadLetters().send(letters, Failures.stepDeadline(context));
            Failures.checkCount("the dead letters", letters.size(), answers.size());
            for (int i = 0; i < letters.size(); i++) {
                if (answers.get(i) instanceof DeadLetterAnswer.Failed failed) {
                    sendFailed(entries.get(i), failed.message(), failed.cause());
                }
            }
        } catch (RuntimeException e) {
            entries.forEach(entry -> sendFailed(entry, Failures.describe(e), e));
        }
    }

    private static void sendFailed(BatchEntry entry, String message, @Nullable Throwable cause) {
        ProcessingOutcome.Rejected rejected = (ProcessingOutcome.Rejected) entry.outcome();
        entry.outcome(failed(
                rejected,
                "refused (" + rejected.rejection().reason() + "), but its dead letter wasn't sent: " + message,
                cause));
    }

    private static ProcessingOutcome failed(ProcessingOutcome before, String message, @Nullable Throwable cause) {
        return new ProcessingOutcome.Failed(
                before.eventId(), before.detailType(), before.timestampMillis(), message, cause);
    }

    private DeadLetter letter(BatchEntry entry) {
        ProcessingOutcome.Rejected rejected = (ProcessingOutcome.Rejected) entry.outcome();
        return new DeadLetter(
                entry.envelope().alone(),
                rejected.rejection(),
                rejected.eventId(),
                entry.envelope().detailType(),
                context.requestId());
    }
}
