package io.marketpipeline.audit;

import java.time.Instant;
import java.util.List;

/**
 * Where the story of each event is written. Append-only: a record that is there is never overwritten, whatever is written
 * to its key. Implementations are thread-safe.
 *
 * <p>Where a record's key is taken, {@link SameRecord} decides: the same record is answered with
 * {@link AuditAnswer.AlreadyRecorded}; another one moves on, so that nothing is lost. A record with a
 * {@link AuditRecord#link() link} stays where it is, since the hash that follows it covers its key: it is answered with
 * {@link AuditAnswer.KeyTaken}, and with {@link AuditAnswer.Recorded} where what is there is this very link.
 */
public interface AuditTrail {
    /**
     * Writes records, each for itself.
     *
     * @param records what to write
     * @param deadline when the answer must be there; retries end before it
     * @return one answer per record, in the records' order
     */
    List<AuditAnswer> record(List<AuditRecord> records, Instant deadline);
}
