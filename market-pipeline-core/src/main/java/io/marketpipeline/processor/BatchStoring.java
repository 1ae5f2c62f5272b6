package io.marketpipeline.processor;

import io.marketpipeline.event.MarketEvent;
import io.marketpipeline.event.Rejection;
import io.marketpipeline.event.RejectionReasons;
import io.marketpipeline.store.ExistingRow;
import io.marketpipeline.store.MarketDataRow;
import io.marketpipeline.store.RowKey;
import io.marketpipeline.store.StoreAnswer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stores the rows of a batch. Where several have the same key, the first is stored and the others are answered from what
 * became of it, so that the store never sees a key twice at once.
 */
final class BatchStoring implements BatchStep {
    private final ProcessorParts parts;
    private final InvocationContext context;
    private final AuditRecords records;
    private final Map<RowKey, ExistingRow> known = new HashMap<>();

    BatchStoring(ProcessorParts parts, InvocationContext context, AuditRecords records) {
        this.parts = parts;
        this.context = context;
        this.records = records;
    }

    @Override
    public void run(List<BatchEntry> entries) {
        List<BatchEntry> pending = undecided(entries);
        if (pending.size() == 1) {
            decide(pending);
            return;
        }
        while (!pending.isEmpty()) {
            storeFirstOfEachKey(pending);
            pending = undecided(pending);
        }
    }

    private static List<BatchEntry> undecided(List<BatchEntry> entries) {
        List<BatchEntry> undecided = new ArrayList<>(entries.size());
        for (BatchEntry entry : entries) {
            if (!entry.isDecided()) {
                undecided.add(entry);
            }
        }
        return undecided;
    }

    private void storeFirstOfEachKey(List<BatchEntry> pending) {
        Map<RowKey, BatchEntry> first = new LinkedHashMap<>();
        for (BatchEntry entry : pending) {
            MarketDataRow row = rowOf(entry);
            ExistingRow existing = known.get(row.key());
            if (existing == null) {
                first.putIfAbsent(row.key(), entry);
            } else {
                entry.rowSha256(existing.rowSha256());
                entry.outcome(repeated(row, existing));
            }
        }
        if (!first.isEmpty()) {
            decide(List.copyOf(first.values()));
        }
    }

    private static MarketDataRow rowOf(BatchEntry entry) {
        return Objects.requireNonNull(entry.row(), "an undecided entry has a row");
    }

    /** An event that this batch holds more than once. */
    private static ProcessingOutcome repeated(MarketDataRow row, ExistingRow existing) {
        return Objects.equals(row.rawSha256(), existing.rawSha256())
                ? new ProcessingOutcome.Duplicate(row.event(), existing)
                : conflict(row.event(), existing);
    }

    private void decide(List<BatchEntry> entries) {
        List<MarketDataRow> rows = new ArrayList<>(entries.size());
        for (BatchEntry entry : entries) {
            rows.add(rowOf(entry));
        }
        try {
            List<StoreAnswer> answers =
                    parts.store().store(rows, Failures.stepDeadline(context), new Expecting(entries));
            Failures.checkCount("the store", rows.size(), answers.size());
            for (int i = 0; i < rows.size(); i++) {
                decide(entries.get(i), rows.get(i), answers.get(i));
            }
        } catch (RuntimeException e) {
            String message = "the store failed: " + Failures.describe(e);
            entries.forEach(entry -> entry.outcome(Failures.of(rowOf(entry).event(), message, e)));
        }
    }

    /** Makes what follows where the rows are stored. A class, and no lambda: the first of those takes long to link. */
    private final class Expecting implements Runnable {
        private final List<BatchEntry> entries;

        Expecting(List<BatchEntry> entries) {
            this.entries = entries;
        }

        @Override
        public void run() {
            try {
                for (BatchEntry entry : entries) {
                    expect(entry);
                }
            } catch (RuntimeException e) {
                // It is made when it is needed then, where what is wrong shows.
            }
        }
    }

    private IfStored expect(BatchEntry entry) {
        IfStored before = entry.ifStored();
        IfStored made = before == null ? records.ifStored(entry, rowOf(entry)) : before;
        entry.ifStored(made);
        return made;
    }

    private void decide(BatchEntry entry, MarketDataRow row, StoreAnswer answer) {
        if (answer instanceof StoreAnswer.Stored) {
            IfStored stored = expect(entry);
            known.put(row.key(), stored.row());
            entry.rowSha256(stored.row().rowSha256());
            entry.outcome(stored.outcome());
            return;
        }
        ExistingRow there = there(answer);
        if (there != null) {
            known.put(row.key(), there);
            entry.rowSha256(there.rowSha256());
        }
        entry.outcome(outcome(row, answer));
    }

    /** The row that is under the key now; null where there is none, or none is known. */
    private static @Nullable ExistingRow there(StoreAnswer answer) {
        if (answer instanceof StoreAnswer.AlreadyOurs ours) {
            return ours.existing();
        }
        if (answer instanceof StoreAnswer.SeenBefore seen) {
            return seen.existing();
        }
        return answer instanceof StoreAnswer.Conflict conflict ? conflict.existing() : null;
    }

    private static ProcessingOutcome outcome(MarketDataRow row, StoreAnswer answer) {
        MarketEvent event = row.event();
        if (answer instanceof StoreAnswer.AlreadyOurs ours) {
            Long storedAt = ours.existing().storedAtMillis();
            return new ProcessingOutcome.Stored(event, storedAt == null ? row.storedAtMillis() : storedAt, true);
        }
        if (answer instanceof StoreAnswer.SeenBefore seen) {
            return new ProcessingOutcome.Duplicate(event, seen.existing());
        }
        if (answer instanceof StoreAnswer.Conflict conflict) {
            return conflict(event, conflict.existing());
        }
        if (answer instanceof StoreAnswer.Refused refused) {
            return new ProcessingOutcome.Rejected(
                    event.eventId(), event.detailType(), event.eventTimeMillis(), List.of(refused.rejection()));
        }
        StoreAnswer.Failed failed = (StoreAnswer.Failed) answer;
        return Failures.of(event, failed.message(), failed.cause());
    }

    private static ProcessingOutcome conflict(MarketEvent event, ExistingRow existing) {
        Rejection rejection = Rejection.ofField(
                RejectionReasons.IDENTITY_CONFLICT,
                "event_id",
                "is taken: another event with this identity and event time, but other content, was stored by request "
                        + existing.requestId() + " (its hash begins with " + start(existing.rawSha256()) + ")");
        return new ProcessingOutcome.Rejected(
                event.eventId(), event.detailType(), event.eventTimeMillis(), List.of(rejection));
    }

    private static String start(@Nullable String hash) {
        return hash == null ? "nothing known" : hash.substring(0, Math.min(12, hash.length()));
    }
}
