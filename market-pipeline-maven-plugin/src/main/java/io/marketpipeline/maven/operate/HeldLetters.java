package io.marketpipeline.maven.operate;

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
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
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

    private final SqsClient client;
    private final String queueUrl;
    private final Duration hidden;
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
    }

    /**
     * Letters that weren't seen before; empty if there are no more. Letters that somebody else holds aren't seen.
     *
     * @param max at most 10 come at once
     */
    List<DeadLetter> receive(int max) {
        for (int tries = 0; tries < 2; tries++) {
            List<Message> messages = client.receiveMessage(request -> request.queueUrl(queueUrl)
                            .maxNumberOfMessages(Math.min(BATCH, max))
                            .waitTimeSeconds(WAIT_SECONDS)
                            .visibilityTimeout((int) hidden.toSeconds())
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                            .messageAttributeNames("All"))
                    .messages();
            List<DeadLetter> fresh = hold(messages);
            if (!fresh.isEmpty()) {
                return fresh;
            }
            // A standard queue may give nothing although it has some, or what it gave before.
            if (messages.isEmpty()) {
                return List.of();
            }
        }
        return List.of();
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
        var unused = threads.scheduleWithFixedDelay(this::renewQuietly, every, every, TimeUnit.MILLISECONDS);
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
        hide(handles(), (int) hidden.toSeconds());
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
            ending.shutdownNow();
        }
        List<String> left = handles();
        synchronized (this) {
            handles.clear();
        }
        hide(left, 0);
    }

    private synchronized List<String> handles() {
        return List.copyOf(handles.values());
    }

    private void hide(List<String> receipts, int seconds) {
        for (int from = 0; from < receipts.size(); from += BATCH) {
            List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
            for (String receipt : receipts.subList(from, Math.min(from + BATCH, receipts.size()))) {
                entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id("m" + entries.size())
                        .receiptHandle(receipt)
                        .visibilityTimeout(seconds)
                        .build());
            }
            client.changeMessageVisibilityBatch(
                    request -> request.queueUrl(queueUrl).entries(entries));
        }
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
