package io.marketpipeline.maven.config;

/**
 * Something that the user can mend. The message says what failed, the value, the element or switch it came from, and
 * the next step; a goal shows it as it is, without a stack trace.
 */
public class UserFixableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserFixableException(String message) {
        super(message);
    }

    /** The cause is shown only with Maven's {@code -e}. */
    public UserFixableException(String message, Throwable cause) {
        super(message, cause);
    }
}
