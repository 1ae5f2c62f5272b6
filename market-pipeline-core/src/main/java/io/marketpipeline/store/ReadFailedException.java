package io.marketpipeline.store;

/** The store couldn't be read: it isn't there, can't be reached, or doesn't let the caller in. */
public final class ReadFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ReadFailedException(String message) {
        super(message);
    }

    public ReadFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
