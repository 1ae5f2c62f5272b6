package io.marketpipeline.deadletter;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a queue said to one message of a call. */
public sealed interface SendAnswer {
    /** It is in the queue. */
    record Sent() implements SendAnswer {}

    /** It isn't known to be in the queue, but another call may bring it there. */
    record Passing(String message) implements SendAnswer {
        public Passing {
            Objects.requireNonNull(message, "message");
        }
    }

    /**
     * It isn't known to be in the queue, and there is no use, or no time, to try again.
     *
     * @param cause what the engine threw; null where it threw nothing
     */
    record Failed(String message, @Nullable Throwable cause) implements SendAnswer {
        public Failed {
            Objects.requireNonNull(message, "message");
        }
    }
}
