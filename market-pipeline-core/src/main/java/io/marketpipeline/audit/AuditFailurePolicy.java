package io.marketpipeline.audit;

/** What happens to an event whose audit record can't be written. */
public enum AuditFailurePolicy {
    /** The event fails and is tried again, so that nothing stays stored unaudited. */
    FAIL,
    /** The failure is logged, and the event counts as done; what the Terraform original did. */
    CONTINUE
}
