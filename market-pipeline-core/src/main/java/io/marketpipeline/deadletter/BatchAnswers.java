package io.marketpipeline.deadletter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers a queue's answer to one call: messages are known by their place in it, which is their entry's id. What the answer
 * doesn't name may be sent again. Not thread-safe.
 */
public final class BatchAnswers {
    private final String queueUrl;
    private final List<SendAnswer> answers;

    /** Answers to a call of a number of messages. */
    public BatchAnswers(String queueUrl, int messages) {
        this.queueUrl = queueUrl;
        this.answers = new ArrayList<>(
                Collections.nCopies(messages, new SendAnswer.Passing(queueUrl + " didn't say whether it took it")));
    }

    /** The same failure for all messages of a call. */
    public static List<SendAnswer> allFailed(int messages, String message, @Nullable Throwable cause) {
        return Collections.nCopies(messages, new SendAnswer.Failed(message, cause));
    }

    /** Notes a message that is in the queue. */
    public void sent(String id) {
        set(id, new SendAnswer.Sent());
    }

    /**
     * Notes a message that isn't.
     *
     * @param senderFault whether it would fail again
     */
    public void failed(String id, boolean senderFault, String code, String message) {
        String text = queueUrl + " didn't take it: " + code + ": " + message;
        set(id, senderFault ? new SendAnswer.Failed(text, null) : new SendAnswer.Passing(text));
    }

    private void set(String id, SendAnswer answer) {
        for (int i = 0; i < answers.size(); i++) {
            if (id.equals(Integer.toString(i))) {
                answers.set(i, answer);
            }
        }
    }

    /** One per message, in order. */
    public List<SendAnswer> inOrder() {
        return List.copyOf(answers);
    }
}
