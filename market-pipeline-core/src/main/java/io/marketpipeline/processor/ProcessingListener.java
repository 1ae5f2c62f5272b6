package io.marketpipeline.processor;

import org.jspecify.annotations.Nullable;

/**
 * Hears of failures that don't change an event's outcome. Called on the thread of the invocation; what it throws is
 * dropped.
 */
public interface ProcessingListener {
    /**
     * An audit record wasn't written.
     *
     * @param outcome the outcome it was about
     * @param message what failed, in words
     * @param cause what was thrown; null where nothing was
     */
    default void auditFailed(ProcessingOutcome outcome, String message, @Nullable Throwable cause) {}

    /** The hook that reacts to outcomes threw. */
    default void reactionFailed(ProcessingOutcome outcome, RuntimeException cause) {}
}
