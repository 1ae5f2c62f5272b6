package io.marketpipeline.audit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the audit trail says to one record. */
public sealed interface AuditAnswer {
    /** The record is written now. */
    record Recorded() implements AuditAnswer {}

    /**
     * The record was there already.
     *
     * @param rowSha256 hash of the row that it was written for, which may be an earlier one than the row to be recorded;
     *     null where it has none
     */
    record AlreadyRecorded(@Nullable String rowSha256) implements AuditAnswer {
        /**
         * Whether it is there, but for another row of the same event. Mostly the first row expired, and the event came again;
         * but a row that somebody altered is another one, too.
         */
        public boolean isOfAnotherRow(AuditRecord record) {
            return rowSha256 != null && record.rowSha256() != null && !rowSha256.equals(record.rowSha256());
        }
    }

    /**
     * Another record is under its key; nothing was written. A trail's last word only where a link keeps the record from
     * moving on.
     */
    record KeyTaken() implements AuditAnswer {}

    /**
     * The record isn't known to be written; a later try may succeed.
     *
     * @param message what failed, in words
     * @param cause what the engine threw; null where it threw nothing
     */
    record Failed(String message, @Nullable Throwable cause) implements AuditAnswer {
        public Failed {
            Objects.requireNonNull(message, "message");
        }
    }
}
