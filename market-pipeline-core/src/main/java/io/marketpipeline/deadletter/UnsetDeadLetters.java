package io.marketpipeline.deadletter;

import io.marketpipeline.schema.FunctionVariables;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * Stands where no queue is configured: every letter fails, so that a refused event is tried again and ends in the platform's
 * own dead-letter queue rather than nowhere.
 */
public final class UnsetDeadLetters implements DeadLetters {
    @Override
    public List<DeadLetterAnswer> send(List<DeadLetter> letters, Instant deadline) {
        return Collections.nCopies(
                letters.size(),
                new DeadLetterAnswer.Failed(
                        FunctionVariables.DEAD_LETTER_QUEUE_URL + " isn't set, so there is no queue to send it to",
                        null));
    }
}
