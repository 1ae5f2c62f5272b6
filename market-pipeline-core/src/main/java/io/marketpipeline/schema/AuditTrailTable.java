package io.marketpipeline.schema;

/** Attributes and index of the audit-trail table. A record's key is ({@link #AUDIT_ID}, {@link #TIMESTAMP}). */
public final class AuditTrailTable {
    /** Partition key, string: the event id, {@code #}, the status. */
    public static final String AUDIT_ID = "audit_id";

    /**
     * Sort key, number, milliseconds since the epoch: event time for {@code SUCCESS} and {@code REJECTED}, the time of the
     * storing for the {@code SUCCESS} of a row other than the recorded one, wall clock for the other statuses.
     */
    public static final String TIMESTAMP = "timestamp";

    public static final String EVENT_ID = "event_id";

    /** String: the event's detail type. */
    public static final String EVENT_TYPE = "event_type";

    public static final String STATUS = "status";

    /** String: JSON. */
    public static final String DETAILS = "details";

    public static final String ENVIRONMENT = "environment";

    /** Number: whole seconds since the epoch. */
    public static final String CREATED_AT = "created_at";

    /** String: request id of the invocation that wrote the record. */
    public static final String REQUEST_ID = "request_id";

    /** String: lower-case hexadecimal SHA-256 of the exact bytes of {@code detail}. */
    public static final String RAW_SHA256 = "raw_sha256";

    /** String: {@link ItemHash} of the row that the event is stored as; absent where there is none. */
    public static final String ROW_SHA256 = "row_sha256";

    /** String: id of the chain that the record belongs to, one for each process that writes; absent outside of chains. */
    public static final String WRITER_ID = "writer_id";

    /** Number: place in its chain, from 1. */
    public static final String CHAIN_NUMBER = "chain_number";

    /** String: {@link ItemHash} of the record with the number before; absent in a chain's first record. */
    public static final String PREVIOUS_SHA256 = "previous_sha256";

    /** Number: which of several shards the index's key names; absent where there is one. */
    public static final String INDEX_SHARD = "index_shard";

    /** TTL attribute, number: whole seconds since the epoch; absent where the record is kept for good. */
    public static final String EXPIRATION_TIME = "expiration_time";

    /** Index by ({@link #EVENT_TYPE}, {@link #TIMESTAMP}), all attributes. */
    public static final String EVENT_TYPE_INDEX = "EventTypeIndex";

    private AuditTrailTable() {}
}
