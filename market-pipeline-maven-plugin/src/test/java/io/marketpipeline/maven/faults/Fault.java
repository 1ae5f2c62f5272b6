package io.marketpipeline.maven.faults;

import java.util.List;

/**
 * What may happen to a call of DynamoDB. The errors are those of the developer guide, "Error handling with DynamoDB", that a
 * write can get; what only a real condition can answer ({@code ConditionalCheckFailedException}) and what needs other
 * operations is left out.
 */
enum Fault {
    NONE(0, ""),
    PROVISIONED_THROUGHPUT_EXCEEDED(400, "ProvisionedThroughputExceededException"),
    THROTTLING(400, "ThrottlingException"),
    REQUEST_LIMIT_EXCEEDED(400, "RequestLimitExceeded"),
    REPLICATED_WRITE_CONFLICT(400, "ReplicatedWriteConflictException"),
    TRANSACTION_CONFLICT(400, "TransactionConflictException"),
    INTERNAL_SERVER_ERROR(500, "InternalServerError"),
    SERVICE_UNAVAILABLE(503, "ServiceUnavailable"),
    UNREADABLE_ERROR(502, ""),
    UNRECOGNIZED_CLIENT(400, "UnrecognizedClientException"),
    ACCESS_DENIED(400, "AccessDeniedException"),
    EXPIRED_TOKEN(400, "ExpiredTokenException"),
    INCOMPLETE_SIGNATURE(400, "IncompleteSignatureException"),
    MISSING_AUTHENTICATION(400, "MissingAuthenticationTokenException"),
    RESOURCE_NOT_FOUND(400, "ResourceNotFoundException"),
    /** Every other statement of a call fails by itself, the others do what they say. Of other calls nothing fails. */
    STATEMENTS_FAILED(0, ""),
    /** As {@link #STATEMENTS_FAILED}, but all took effect. */
    STATEMENTS_FAILED_AFTER(0, ""),
    /** The answer comes late. */
    LATE(0, ""),
    /** The answer comes after the client's patience; the write takes effect. */
    NEVER_ANSWERED(0, ""),
    /** The connection is cut; nothing was written. */
    CUT_BEFORE(0, ""),
    /** The connection is cut after the write took effect. */
    CUT_AFTER(0, ""),
    /** The connection is cut in the middle of the answer. */
    CUT_WITHIN(0, ""),
    /** All function processes die; nothing was written. */
    KILL_BEFORE(0, ""),
    /** All function processes die after the write took effect. */
    KILL_AFTER(0, "");

    /** What passes by itself. */
    static final List<Fault> THROTTLES = List.of(PROVISIONED_THROUGHPUT_EXCEEDED, THROTTLING, REQUEST_LIMIT_EXCEEDED);

    /** What passes by itself, and isn't throttling. */
    static final List<Fault> TRANSIENT = List.of(
            REPLICATED_WRITE_CONFLICT,
            TRANSACTION_CONFLICT,
            INTERNAL_SERVER_ERROR,
            SERVICE_UNAVAILABLE,
            UNREADABLE_ERROR);

    /** What the function can't wait out. */
    static final List<Fault> LASTING = List.of(
            UNRECOGNIZED_CLIENT,
            ACCESS_DENIED,
            EXPIRED_TOKEN,
            INCOMPLETE_SIGNATURE,
            MISSING_AUTHENTICATION,
            RESOURCE_NOT_FOUND);

    static final List<Fault> STATEMENTS = List.of(STATEMENTS_FAILED, STATEMENTS_FAILED_AFTER);

    static final List<Fault> CUTS = List.of(CUT_BEFORE, CUT_AFTER, CUT_WITHIN);

    private final int status;
    private final String code;

    Fault(int status, String code) {
        this.status = status;
        this.code = code;
    }

    /** HTTP status of the error; 0 where it is none. */
    int status() {
        return status;
    }

    /** The body that DynamoDB answers with. */
    String body() {
        return code.isEmpty()
                ? "<html>Bad Gateway</html>"
                : "{\"__type\":\"com.amazonaws.dynamodb.v20120810#%s\",\"message\":\"injected %s\"}"
                        .formatted(code, code);
    }
}
