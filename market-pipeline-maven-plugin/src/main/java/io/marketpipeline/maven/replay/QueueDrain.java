package io.marketpipeline.maven.replay;

import io.marketpipeline.maven.aws.QueueDepth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/** Takes all messages out of a queue, several requests at a time. For one thread; close it. */
final class QueueDrain implements AutoCloseable {
    private static final int AT_ONCE = 8;
    private static final int BATCH = 10;
    private static final int WAIT_SECONDS = 1;

    private final SqsClient client;
    private final String url;
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, task -> {
        Thread thread = new Thread(task, "market-pipeline-drain");
        thread.setDaemon(true);
        return thread;
    });

    QueueDrain(SqsClient client, String url) {
        this.client = client;
        this.url = url;
    }

    /** Bodies of some messages, which are in the queue no more; empty if none came for a second. */
    List<String> some() throws InterruptedException {
        List<Callable<List<String>>> receives = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            receives.add(this::receive);
        }
        List<String> bodies = new ArrayList<>();
        for (Future<List<String>> received : threads.invokeAll(receives)) {
            try {
                bodies.addAll(received.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
        return bodies;
    }

    private List<String> receive() {
        List<Message> messages = client.receiveMessage(request ->
                        request.queueUrl(url).maxNumberOfMessages(BATCH).waitTimeSeconds(WAIT_SECONDS))
                .messages();
        if (!messages.isEmpty()) {
            List<DeleteMessageBatchRequestEntry> done = new ArrayList<>();
            for (Message message : messages) {
                done.add(DeleteMessageBatchRequestEntry.builder()
                        .id("m" + done.size())
                        .receiptHandle(message.receiptHandle())
                        .build());
            }
            // What isn't deleted comes again, and counts once.
            client.deleteMessageBatch(request -> request.queueUrl(url).entries(done));
        }
        return messages.stream().map(Message::body).toList();
    }

    /** Whether the queue says that it has no message, seen or unseen. It knows only about. */
    boolean saysEmpty() {
        return QueueDepth.of(client, url).isEmpty();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
