package io.marketpipeline.dynamodb;

import io.marketpipeline.audit.AuditAnswer;
import io.marketpipeline.audit.AuditRecord;
import io.marketpipeline.audit.AuditTrail;
import io.marketpipeline.audit.SameRecord;
import io.marketpipeline.schema.AuditTrailTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Appends records with conditional puts. The condition makes {@code SUCCESS} and {@code REJECTED} idempotent without
 * reading (the function may only put), and keeps whatever is there: an overwrite would hide what was said before.
 */
final class DynamoDbAuditTrail implements AuditTrail {
    private final ConditionalPuts puts;
    private final ParallelCalls calls;

    DynamoDbAuditTrail(ConditionalPuts puts, ParallelCalls calls) {
        this.puts = puts;
        this.calls = calls;
    }

    @Override
    public List<AuditAnswer> record(List<AuditRecord> records, Instant deadline) {
        return calls.map(records, record -> append(record, deadline));
    }

    private AuditAnswer append(AuditRecord record, Instant deadline) {
        AuditRecord moved = record;
        for (int move = 0; move <= SameRecord.MAX_MOVES; move++) {
            PutAnswer put = puts.put(Items.of(moved), deadline);
            if (!(put instanceof PutAnswer.Taken taken)) {
                return answer(put);
            }
            if (isSame(record, taken.existing())) {
                return new AuditAnswer.AlreadyRecorded();
            }
            moved = moved.toBuilder()
                    .timestampMillis(moved.timestampMillis() + 1)
                    .build();
        }
        return new AuditAnswer.Failed(
                "the " + SameRecord.MAX_MOVES + " milliseconds from " + record.timestampMillis()
                        + " on are taken by other records of " + record.auditId(),
                null);
    }

    private static boolean isSame(AuditRecord record, Map<String, AttributeValue> existing) {
        return SameRecord.test(
                record,
                Items.text(existing, AuditTrailTable.REQUEST_ID),
                Items.text(existing, AuditTrailTable.RAW_SHA256));
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
