package io.marketpipeline.maven.operate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Reads dead letters and leaves them where they are: receives them, which hides them from others for a moment, and
 * makes them visible again. SQS has no other way to look; each look raises a letter's receive count by one, which
 * matters only to queues that have a dead-letter queue of their own. Not thread-safe.
 */
public final class DeadLetterQueue {
    private final SqsClient client;
    private final String queueUrl;

    public DeadLetterQueue(SqsClient client, String queueUrl) {
        this.client = client;
        this.queueUrl = queueUrl;
    }

    /**
     * The letters, oldest first, up to {@code max}. Letters that somebody else holds at the moment aren't seen.
     *
     * @param max at least 1
     */
    public List<DeadLetter> browse(int max) {
        List<DeadLetter> letters = new ArrayList<>();
        browse(max, letters::add);
        letters.sort(Comparator.comparing(DeadLetter::firstSeen));
        return letters;
    }

    /**
     * As {@link #browse(int)}, but in no order and keeping no letter in memory.
     *
     * @return how far the letters were seen
     */
    public LetterLook browse(int max, Consumer<DeadLetter> each) {
        try (HeldLetters held = hold()) {
            int count = 0;
            for (List<DeadLetter> some = held.receive(max); !some.isEmpty(); ) {
                some.forEach(each);
                count += some.size();
                some = count < max ? held.receive(max - count) : List.of();
            }
            return held.look();
        }
    }

    /** Letters to hold while something is done with them. */
    HeldLetters hold() {
        return new HeldLetters(client, queueUrl);
    }
}
