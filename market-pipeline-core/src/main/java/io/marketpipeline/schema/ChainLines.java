package io.marketpipeline.schema;

/**
 * The log line that fixes the head of an audit chain: one JSON object, written after each invocation that wrote audit
 * records, at every log level.
 */
public final class ChainLines {
    /** Field that only such lines have; its value is an object of the fields below. */
    public static final String AUDIT_CHAIN = "auditChain";

    /** Id of the chain; {@link AuditTrailTable#WRITER_ID} of its records. */
    public static final String WRITER_ID = "writerId";

    /** {@link AuditTrailTable#CHAIN_NUMBER} of the newest confirmed record. */
    public static final String NUMBER = "number";

    /** {@link ItemHash} of that record. */
    public static final String SHA256 = "sha256";

    /** Array of numbers since the line before whose record isn't known to be written; absent where there are none. */
    public static final String SKIPPED = "skipped";

    private ChainLines() {}
}
