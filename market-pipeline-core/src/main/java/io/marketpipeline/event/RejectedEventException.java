package io.marketpipeline.event;

/**
 * Thrown by a hook to refuse an event for good: it is audited as {@code REJECTED}, dead-lettered with the reason, and not
 * tried again. Carries no stack trace, since it is an answer and not a fault.
 */
public final class RejectedEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    public RejectedEventException(Rejection rejection) {
        super(rejection.message(), null, false, false);
        this.rejection = rejection;
    }

    /** Shorthand for a rejection because of one field: {@code reject("odd_lot", "volume", "must be a round lot")}. */
    public RejectedEventException(String reason, String field, String problem) {
        this(Rejection.ofField(reason, field, problem));
    }

    public Rejection rejection() {
        return rejection;
    }
}
