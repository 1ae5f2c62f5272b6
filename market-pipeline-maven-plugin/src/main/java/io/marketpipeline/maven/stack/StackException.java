package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.config.UserFixableException;

/** A stack could not be brought where it should be; the message begins with the first cause. */
public final class StackException extends UserFixableException {
    private static final long serialVersionUID = 1L;

    StackException(String message) {
        super(message);
    }
}
