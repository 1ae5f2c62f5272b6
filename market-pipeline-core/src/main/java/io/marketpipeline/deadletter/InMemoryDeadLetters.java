package io.marketpipeline.deadletter;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dead letters in memory for tests of processors. Thread-safe. */
public final class InMemoryDeadLetters implements DeadLetters {
    private final List<DeadLetter> letters = new ArrayList<>();
    private @Nullable String failure;

    @Override
    public synchronized List<DeadLetterAnswer> send(List<DeadLetter> batch, Instant deadline) {
        List<DeadLetterAnswer> answers = new ArrayList<>(batch.size());
        for (DeadLetter letter : batch) {
            if (failure == null) {
                letters.add(letter);
                answers.add(new DeadLetterAnswer.Sent());
            } else {
                answers.add(new DeadLetterAnswer.Failed(failure, null));
            }
        }
        return answers;
    }

    /** Makes every send from now on fail with a message. */
    public synchronized void failWith(String message) {
        failure = message;
    }

    /** Ends what {@link #failWith(String)} began. */
    public synchronized void recover() {
        failure = null;
    }

    /** All letters in the order of their sending. */
    public synchronized List<DeadLetter> letters() {
        return List.copyOf(letters);
    }
}
