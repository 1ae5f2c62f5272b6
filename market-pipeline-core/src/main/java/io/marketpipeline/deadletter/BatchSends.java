package io.marketpipeline.deadletter;

import java.time.Instant;
import java.util.List;

/** Calls of a queue that take several messages, each answered for itself. Implementations are thread-safe. */
public interface BatchSends {
    /**
     * Makes one call, and tries it again by itself where it failed as a whole and may pass. Must not throw.
     *
     * @param messages at least one, at most ten
     * @param deadline when the answer must be there
     * @return one answer per message, in the messages' order
     */
    List<SendAnswer> send(List<DeadLetterMessage> messages, Instant deadline);
}
