package io.marketpipeline.store;

/** Reads the audit trail. Implementations are thread-safe. */
public interface AuditTrailReader {
    /**
     * Reads a page of records in time order. A page never ends inside a millisecond. Expired records are left out. By
     * event type, records written in the last moments may still be missing.
     *
     * @throws IllegalArgumentException if the request's token belongs to another query
     * @throws ReadFailedException if the trail can't be read
     */
    Page<AuditEntry> read(AuditTrailQuery query, PageRequest page);
}
