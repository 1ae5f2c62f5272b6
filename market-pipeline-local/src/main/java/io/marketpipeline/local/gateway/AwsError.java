package io.marketpipeline.local.gateway;

/**
 * An error as AWS would answer it. The gateway writes it in the shape of the request's protocol, so that the SDK's typed
 * exceptions and error codes work.
 */
public final class AwsError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final int httpStatus;
    private final boolean senderFault;

    /**
     * Creates an error.
     *
     * @param code the error code of the service's API, such as {@code ResourceNotFoundException}
     * @param message what failed, for a person
     * @param httpStatus the status that AWS answers with
     * @param senderFault true if the caller is at fault, false if the service is
     */
    public AwsError(String code, String message, int httpStatus, boolean senderFault) {
        super(message, null, false, false);
        this.code = code;
        this.httpStatus = httpStatus;
        this.senderFault = senderFault;
    }

    /** An error of the caller's, with status 400. */
    public static AwsError of(String code, String message) {
        return new AwsError(code, message, 400, true);
    }

    /** An error of the caller's, with the given status. */
    public static AwsError of(String code, String message, int httpStatus) {
        return new AwsError(code, message, httpStatus, true);
    }

    /** The error for what this endpoint leaves out; {@code what} is the start of the sentence, such as an operation. */
    public static AwsError notSupported(String what) {
        return new AwsError("NotSupportedByLocalEndpoint", what + " is not supported by the local endpoint", 501, true);
    }

    /** The error code of the service's API. */
    public String code() {
        return code;
    }

    /** What failed, for a person; never null. */
    public String message() {
        return String.valueOf(getMessage());
    }

    /** The HTTP status of the answer. */
    public int httpStatus() {
        return httpStatus;
    }

    /** True if the caller is at fault. */
    public boolean senderFault() {
        return senderFault;
    }
}
