package io.marketpipeline.audit;

import java.time.Instant;
import java.util.List;

/** Links records to a chain before they are written; one that moves on is linked again. Thread-safe. */
final class ChainedAuditTrail extends MovingAuditTrail {
    private final AuditTrail trail;
    private final AuditChain chain;

    ChainedAuditTrail(AuditTrail trail, AuditChain chain) {
        this.trail = trail;
        this.chain = chain;
    }

    @Override
    public List<AuditAnswer> record(List<AuditRecord> records, Instant deadline) {
        return moved(records, write(records, deadline), deadline);
    }

    @Override
    protected List<AuditAnswer> write(List<AuditRecord> records, Instant deadline) {
        return chain.write(trail, records, deadline);
    }
}
