package io.marketpipeline.deadletter;

import io.marketpipeline.puts.Backoff;
import io.marketpipeline.puts.ParallelCalls;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sends dead letters as {@link DeadLetterMessage}s, up to ten a call and several calls at once, so that a batch of bad
 * events doesn't cost a round trip each. A message that the queue didn't take is sent again by itself, with jitter, until
 * the deadline. A letter that no message can hold fails as {@value #TOO_LARGE} without a call; the platform then delivers
 * the event to the queue by itself. Thread-safe.
 */
public final class BatchedDeadLetters implements DeadLetters {
    /** Outcome of a letter that exceeds what the queue takes, compressed as it is. */
    public static final String TOO_LARGE = "letter_too_large";

    /** SQS API reference, SendMessageBatch. */
    private static final int MAX_MESSAGES = 10;

    /** A call takes no further message from here on; SQS once took no more, and large letters gain nothing by company. */
    private static final int ENOUGH_BYTES = 256 << 10;

    private final BatchSends sends;
    private final ParallelCalls parallel;
    private final InstantSource clock;
    private final Backoff.Pause pause;

    /**
     * Letters by way of calls.
     *
     * @param parallel runs several calls at once; stays the caller's
     */
    public BatchedDeadLetters(BatchSends sends, ParallelCalls parallel, InstantSource clock, Backoff.Pause pause) {
        this.sends = sends;
        this.parallel = parallel;
        this.clock = clock;
        this.pause = pause;
    }

    /** A message with the place of its letter. */
    private record Placed(int index, DeadLetterMessage message) {}

    @Override
    public List<DeadLetterAnswer> send(List<DeadLetter> letters, Instant deadline) {
        DeadLetterAnswer[] answers = new DeadLetterAnswer[letters.size()];
        List<Placed> messages = new ArrayList<>(letters.size());
        for (int i = 0; i < letters.size(); i++) {
            DeadLetterMessage message = DeadLetterMessage.of(letters.get(i));
            if (message.size() > DeadLetterMessage.MAX_SIZE) {
                answers[i] = tooLarge(message);
            } else {
                messages.add(new Placed(i, message));
            }
        }
        List<Boolean> unused = parallel.map(calls(messages), call -> send(call, answers, deadline));
        return Arrays.asList(answers);
    }

    private static DeadLetterAnswer tooLarge(DeadLetterMessage message) {
        return new DeadLetterAnswer.Failed(
                TOO_LARGE + ": it has " + message.size() + " bytes, compressed and with its attributes, and SQS takes "
                        + DeadLetterMessage.MAX_SIZE,
                null);
    }

    private static List<List<Placed>> calls(List<Placed> messages) {
        List<List<Placed>> calls = new ArrayList<>();
        List<Placed> call = new ArrayList<>(MAX_MESSAGES);
        int bytes = 0;
        for (Placed placed : messages) {
            int size = placed.message.size();
            if (call.size() == MAX_MESSAGES || (!call.isEmpty() && bytes + size > ENOUGH_BYTES)) {
                calls.add(call);
                call = new ArrayList<>(MAX_MESSAGES);
                bytes = 0;
            }
            call.add(placed);
            bytes += size;
        }
        if (!call.isEmpty()) {
            calls.add(call);
        }
        return calls;
    }

    /** Notes what became of each message; true if all are in the queue. */
    private boolean send(List<Placed> call, DeadLetterAnswer[] answers, Instant deadline) {
        Backoff backoff = new Backoff();
        List<Placed> pending = call;
        do {
            pending = sendOnce(pending, answers, deadline);
        } while (!pending.isEmpty() && pause.endedBefore(deadline, backoff.next(), clock));
        return pending.isEmpty();
    }

    /** Gives those back that are worth another try, their failure noted already. */
    private List<Placed> sendOnce(List<Placed> call, DeadLetterAnswer[] answers, Instant deadline) {
        List<SendAnswer> given = sends.send(call.stream().map(Placed::message).toList(), deadline);
        List<Placed> again = new ArrayList<>(0);
        for (int i = 0; i < call.size(); i++) {
            SendAnswer answer = given.get(i);
            if (answer instanceof SendAnswer.Sent) {
                answers[call.get(i).index] = new DeadLetterAnswer.Sent();
            } else if (answer instanceof SendAnswer.Failed failed) {
                answers[call.get(i).index] = new DeadLetterAnswer.Failed(failed.message(), failed.cause());
            } else if (answer instanceof SendAnswer.Passing passing) {
                answers[call.get(i).index] = new DeadLetterAnswer.Failed(passing.message(), null);
                again.add(call.get(i));
            }
        }
        return again;
    }
}
