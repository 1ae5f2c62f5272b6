package io.marketpipeline.processor;

import io.marketpipeline.audit.AuditDetails;
import io.marketpipeline.audit.AuditRecord;
import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.event.MarketEvent;
import io.marketpipeline.store.ExistingRow;
import io.marketpipeline.store.MarketDataRow;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the audit records of one batch. */
final class AuditRecords {
    private final ProcessorParts parts;
    private final InvocationContext context;

    /** Repeats of one event in one batch fall on one millisecond; each still gets its record. */
    private final Map<String, Integer> repeats = new HashMap<>(0);

    AuditRecords(ProcessorParts parts, InvocationContext context) {
        this.parts = parts;
        this.context = context;
    }

    /** What follows where an entry's row is stored. */
    IfStored ifStored(BatchEntry entry, MarketDataRow row) {
        ExistingRow stored = ExistingRow.of(row);
        ProcessingOutcome.Stored outcome = new ProcessingOutcome.Stored(row.event(), row.storedAtMillis(), false);
        AuditDetails details = origin(entry);
        describe(details, row.event());
        return new IfStored(stored, outcome, record(outcome, AuditStatus.SUCCESS, entry, details, stored.rowSha256()));
    }

    /** The record of an entry's outcome. */
    AuditRecord of(BatchEntry entry) {
        IfStored expected = entry.ifStored();
        if (expected != null && expected.outcome() == entry.outcome() && isOfThisSecond(expected.record())) {
            return expected.record();
        }
        ProcessingOutcome outcome = entry.outcome();
        AuditDetails details = origin(entry);
        if (outcome instanceof ProcessingOutcome.Stored stored) {
            describe(details, stored.event());
            if (stored.earlierWrite()) {
                details.put("first_stored_at_ms", stored.storedAtMillis());
            }
        } else if (outcome instanceof ProcessingOutcome.Duplicate duplicate) {
            details.put("event_id", duplicate.eventId())
                    .put("event_time_ms", duplicate.timestampMillis())
                    .put("first_request_id", duplicate.first().requestId())
                    .put("first_stored_at_ms", duplicate.first().storedAtMillis());
        } else if (outcome instanceof ProcessingOutcome.Rejected rejected) {
            // The key isn't always the event's time: a record moves on where another content was refused before.
            details.put("event_time_ms", rejected.timestampMillis())
                    .rejections(rejected.rejections())
                    .raw(entry.hashed());
        } else if (outcome instanceof ProcessingOutcome.Failed failed) {
            details.put("error", failed.message())
                    .put("event_time_ms", failed.timestampMillis())
                    .raw(entry.hashed());
        }
        return record(outcome, outcome.status(), entry, details);
    }

    /**
     * The record that the first writer of a repeated event should have left. It may be written days later, so that it says
     * since when the row lives.
     */
    AuditRecord successOf(BatchEntry entry, ProcessingOutcome.Duplicate duplicate) {
        AuditDetails details = origin(entry);
        describe(details, duplicate.event());
        details.put("first_request_id", duplicate.first().requestId())
                .put("first_stored_at_ms", duplicate.first().storedAtMillis());
        return record(duplicate, AuditStatus.SUCCESS, entry, details);
    }

    /**
     * The record of a row whose event has the record of another row under its own key: it is under the time of the row's
     * storing, which every delivery finds in the row, so that there is one there. Null for a row without that time, which isn't
     * ours. Its name says what is known: the row may be the event's second, or a first one that somebody altered.
     */
    @Nullable
    AuditRecord ofAnotherRow(BatchEntry entry) {
        ProcessingOutcome outcome = entry.outcome();
        AuditDetails details = origin(entry);
        Long storedAt = null;
        if (outcome instanceof ProcessingOutcome.Stored stored) {
            describe(details, stored.event());
            storedAt = stored.storedAtMillis();
        } else if (outcome instanceof ProcessingOutcome.Duplicate duplicate) {
            describe(details, duplicate.event());
            details.put("first_request_id", duplicate.first().requestId());
            storedAt = duplicate.first().storedAtMillis();
        }
        if (storedAt == null) {
            return null;
        }
        details.put("event_time_ms", outcome.timestampMillis()).put("first_stored_at_ms", storedAt);
        return record(outcome, AuditStatus.SUCCESS, entry, details).toBuilder()
                .timestampMillis(storedAt)
                .build();
    }

    /** Who published the event, when we had it, and who we are. */
    private AuditDetails origin(BatchEntry entry) {
        Writer writer = context.writer();
        return new AuditDetails()
                .put(
                        "source", entry.envelope().source(),
                        "account", entry.envelope().account(),
                        "received_at_ms", context.receivedAt().toEpochMilli(),
                        "function_version", writer.functionVersion(),
                        "code_version", writer.codeVersion(),
                        "log_stream", writer.logStream());
    }

    private static void describe(AuditDetails details, MarketEvent event) {
        details.put(
                "event_id", event.eventId(),
                "symbol", event.symbol(),
                "exchange", event.exchange(),
                "price", event.price(),
                "volume", event.volume(),
                "bid_price", event.bidPrice(),
                "bid_size", event.bidSize(),
                "ask_price", event.askPrice(),
                "ask_size", event.askSize());
    }

    /** Otherwise it would say too early a time, since the store tried again for a while. */
    private boolean isOfThisSecond(AuditRecord record) {
        return record.createdAtSeconds() == seconds(parts.clock().millis());
    }

    private AuditRecord record(ProcessingOutcome outcome, AuditStatus status, BatchEntry entry, AuditDetails details) {
        return record(outcome, status, entry, details, status == AuditStatus.SUCCESS ? entry.rowSha256() : null);
    }

    private AuditRecord record(
            ProcessingOutcome outcome,
            AuditStatus status,
            BatchEntry entry,
            AuditDetails details,
            @Nullable String rowSha256) {
        long nowMillis = parts.clock().millis();
        return AuditRecord.builder(status, outcome.eventId())
                .eventType(outcome.detailType())
                .timestampMillis(timestamp(outcome, status, nowMillis))
                .details(details.toJson())
                .environment(parts.environment())
                .createdAtSeconds(seconds(nowMillis))
                .requestId(context.requestId())
                .rawSha256(entry.hashed().sha256())
                .rowSha256(rowSha256)
                .expirationSeconds(expiration(nowMillis))
                .shards(parts.indexShards())
                .build();
    }

    private long timestamp(ProcessingOutcome outcome, AuditStatus status, long nowMillis) {
        return switch (status) {
            case SUCCESS, REJECTED -> outcome.timestampMillis();
            case DUPLICATE, ERROR, UNDELIVERED ->
                nowMillis + repeats.merge(status.auditId(outcome.eventId()), 1, Integer::sum) - 1;
        };
    }

    private @Nullable Long expiration(long nowMillis) {
        Optional<Duration> retention = parts.auditRetention();
        return retention.isEmpty()
                ? null
                : Long.valueOf(seconds(nowMillis + retention.get().toMillis()));
    }

    private static long seconds(long millis) {
        return Math.floorDiv(millis, 1000L);
    }
}
