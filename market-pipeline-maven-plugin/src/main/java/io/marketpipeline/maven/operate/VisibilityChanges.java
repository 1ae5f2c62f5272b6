package io.marketpipeline.maven.operate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;

/**
 * Hides received messages, or makes them visible, many requests at a time: one after the other, those of 20,000 messages take
 * as long as messages stay hidden. Thread-safe.
 */
final class VisibilityChanges {
    private static final int AT_ONCE = 16;
    private static final int BATCH = 10;

    private final SqsClient client;
    private final String queueUrl;

    VisibilityChanges(SqsClient client, String queueUrl) {
        this.client = client;
        this.queueUrl = queueUrl;
    }

    /**
     * Hides all for so long from now; 0 makes them visible. A request that fails holds no other up, and is thrown in the end.
     * An interrupt ends it with the thread's flag set.
     */
    void hide(List<String> receipts, int seconds) {
        List<Callable<Void>> requests = new ArrayList<>();
        for (int from = 0; from < receipts.size(); from += BATCH) {
            List<String> batch = receipts.subList(from, Math.min(from + BATCH, receipts.size()));
            requests.add(() -> {
                request(batch, seconds);
                return null;
            });
        }
        if (!requests.isEmpty()) {
            send(requests);
        }
    }

    private static void send(List<Callable<Void>> requests) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, requests.size()), task -> {
            Thread thread = new Thread(task, "market-pipeline-visibility");
            thread.setDaemon(true);
            return thread;
        });
        try {
            RuntimeException failure = null;
            for (Future<Void> done : threads.invokeAll(requests)) {
                try {
                    done.get();
                } catch (ExecutionException e) {
                    failure = e.getCause() instanceof RuntimeException cause
                            ? cause
                            : new IllegalStateException(e.getCause());
                }
            }
            if (failure != null) {
                throw failure;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
    }

    private void request(List<String> receipts, int seconds) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
        for (String receipt : receipts) {
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
