package io.marketpipeline.deadletter;

import java.time.Instant;
import java.util.List;

/** Where events go that can never be stored. Implementations are thread-safe. */
public interface DeadLetters {
    /**
     * Sends dead letters, each for itself.
     *
     * @param letters what to send
     * @param deadline when the answer must be there; retries end before it
     * @return one answer per letter, in the letters' order
     */
    List<DeadLetterAnswer> send(List<DeadLetter> letters, Instant deadline);
}
