package io.marketpipeline.deadletter;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What became of one dead letter. */
public sealed interface DeadLetterAnswer {
    /** It is in the queue. */
    record Sent() implements DeadLetterAnswer {}

    /**
     * It isn't known to be in the queue; a later try may succeed.
     *
     * @param message what failed, in words
     * @param cause what the engine threw; null where it threw nothing
     */
    record Failed(String message, @Nullable Throwable cause) implements DeadLetterAnswer {
        public Failed {
            Objects.requireNonNull(message, "message");
        }
    }
}
