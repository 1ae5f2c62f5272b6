package io.marketpipeline.maven.operate;

import io.marketpipeline.maven.aws.QueueDepth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Dead letters that were received and not deleted: hidden from others while they are held, visible again when this is
 * closed. A process that is killed leaves them hidden for {@link #HIDDEN} at most. Thread-safe.
 */
final class HeldLetters implements AutoCloseable {
    /** How long a letter stays hidden without a word from us. */
    static final Duration HIDDEN = Duration.ofMinutes(2);

    private static final int RENEWALS = 3;
    private static final int BATCH = 10;
    private static final int WAIT_SECONDS = 1;
    private static final int LOOKS_AGAIN = 3;
    private static final int ENDING_SECONDS = 5;

    private final SqsClient client;
    private final String queueUrl;
    private final Duration hidden;
    private final VisibilityChanges visibility;
    private final Set<String> seen = new HashSet<>();
    private final Map<String, String> handles = new LinkedHashMap<>();
    private @Nullable ScheduledExecutorService timer;
    private boolean closed;

    HeldLetters(SqsClient client, String queueUrl) {
        this(client, queueUrl, HIDDEN);
    }

    HeldLetters(SqsClient client, String queueUrl, Duration hidden) {
        this.client = client;
        this.queueUrl = queueUrl;
        this.hidden = hidden;
        this.visibility = new VisibilityChanges(client, queueUrl);
    }

    /**
     * Letters that weren't seen before; empty if there are no more, or none came although the queue says that it has others:
     * {@link #look} tells. Letters that somebody else holds aren't seen.
     *
     * @param max at most 10 come at once
     */
    List<DeadLetter> receive(int max) {
        List<DeadLetter> fresh = fresh(max);
        for (int again = 0; fresh.isEmpty() && again < LOOKS_AGAIN && !look().whole(); again++) {
            fresh = fresh(max);
        }
        return fresh;
    }

    /**
     * Whoever looks at many letters for long may meet those again whose hiding ran out. They are passed over, and held anew,
     * until as many as were seen came again.
     */
    private List<DeadLetter> fresh(int max) {
        for (long again = 0; again <= seen(); ) {
            List<Message> messages = client.receiveMessage(request -> request.queueUrl(queueUrl)
                            .maxNumberOfMessages(Math.min(BATCH, max))
                            .waitTimeSeconds(WAIT_SECONDS)
                            .visibilityTimeout((int) hidden.toSeconds())
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                            .messageAttributeNames("All"))
                    .messages();
            List<DeadLetter> fresh = hold(messages);
            if (!fresh.isEmpty() || messages.isEmpty()) {
                return fresh;
            }
            again += messages.size();
        }
        return List.of();
    }

    private synchronized long seen() {
        return seen.size();
    }

    /** How far the letters were seen, by what the queue says now that it has besides those that are held here. */
    LetterLook look() {
        QueueDepth depth = QueueDepth.of(client, queueUrl);
        synchronized (this) {
            long unseen = Math.max(0, depth.total() - handles.size());
            return new LetterLook(seen.size(), unseen, Math.min(unseen, Math.max(0, depth.held() - handles.size())));
        }
    }

    private synchronized List<DeadLetter> hold(List<Message> messages) {
        List<DeadLetter> fresh = new ArrayList<>(messages.size());
        for (Message message : messages) {
            handles.put(message.messageId(), message.receiptHandle());
            if (seen.add(message.messageId())) {
                fresh.add(letter(message));
            }
        }
        if (timer == null && !messages.isEmpty() && !closed) {
            timer = newTimer();
        }
        return fresh;
    }

    private ScheduledExecutorService newTimer() {
        ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "market-pipeline-dead-letters");
            thread.setDaemon(true);
            return thread;
        });
        long every = hidden.dividedBy(RENEWALS).toMillis();
        var unused = threads.scheduleAtFixedRate(this::renewQuietly, every, every, TimeUnit.MILLISECONDS);
        return threads;
    }

    /** What can't be renewed now is tried again in time: letters stay hidden for three such rounds. */
    private void renewQuietly() {
        try {
            renew();
        } catch (SdkException e) {
            // The next call on the queue that matters fails aloud.
        }
    }

    /** Keeps all held letters hidden for as long again from now. */
    void renew() {
        visibility.hide(handles(), (int) hidden.toSeconds());
    }

    /** Takes a letter out of the queue for good; false if it isn't held any more. */
    boolean delete(DeadLetter letter) {
        String handle;
        synchronized (this) {
            handle = handles.get(letter.messageId());
        }
        if (handle == null) {
            return false;
        }
        client.deleteMessage(request -> request.queueUrl(queueUrl).receiptHandle(handle));
        synchronized (this) {
            handles.remove(letter.messageId());
        }
        return true;
    }

    /** Makes all held letters visible to others again. */
    @Override
    public void close() {
        ScheduledExecutorService ending;
        synchronized (this) {
            closed = true;
            ending = timer;
            timer = null;
        }
        if (ending != null) {
            end(ending);
        }
        List<String> left = handles();
        synchronized (this) {
            handles.clear();
        }
        visibility.hide(left, 0);
    }

    /** A renewal that still ran would hide letters again behind us. */
    private static void end(ScheduledExecutorService timer) {
        timer.shutdownNow();
        try {
            boolean unused = timer.awaitTermination(ENDING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<String> handles() {
        return List.copyOf(handles.values());
    }

    private static DeadLetter letter(Message message) {
        Map<String, String> attributes = new TreeMap<>();
        message.messageAttributes().forEach((name, value) -> {
            if (value.stringValue() != null) {
                attributes.put(name, value.stringValue());
            }
        });
        return new DeadLetter(message.messageId(), attributes, message.attributesAsStrings(), message.body());
    }
}
