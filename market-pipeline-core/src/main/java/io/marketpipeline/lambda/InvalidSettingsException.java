package io.marketpipeline.lambda;

import java.util.List;

/** The function's environment variables can't be used; the message names each with its value and what it must be. */
public final class InvalidSettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidSettingsException(List<String> problems) {
        super("the function's environment variables are wrong: " + String.join("; ", problems));
    }
}
