package io.marketpipeline.audit;

/** What became of an event, as its audit record says. */
public enum AuditStatus {
    /** Stored. One record per row, at the event's time. */
    SUCCESS,
    /** Seen before; nothing written. One record each time, at wall-clock time. */
    DUPLICATE,
    /** Refused for good and dead-lettered. One record per refused content, at the event's time. */
    REJECTED,
    /** Failed; will be tried again. One record each time, at wall-clock time. */
    ERROR,
    /** Never reached the function. Written by those who work on dead letters. */
    UNDELIVERED;

    /** Key of the record of an event with this status. */
    public String auditId(String eventId) {
        return eventId + "#" + name();
    }
}
