package io.marketpipeline.processor;

import org.jspecify.annotations.Nullable;

/**
 * Who writes the audit records of an invocation, as the platform names it; null where it doesn't say. Immutable.
 *
 * @param functionVersion the function's published version, such as {@code 12}; it can't be changed once published
 * @param logStream where the process logs; Lambda doesn't tell functions that it restores from a snapshot
 * @param codeVersion hash of the packaged code, see {@link io.marketpipeline.schema.PackagedCode}
 */
public record Writer(@Nullable String functionVersion, @Nullable String logStream, @Nullable String codeVersion) {
    /** Nothing is known; so it is outside of a function. */
    public static final Writer UNKNOWN = new Writer(null, null, null);
}
