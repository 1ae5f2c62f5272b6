package io.marketpipeline.local.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.background.BackgroundWork;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.EndpointSettings;
import io.marketpipeline.local.gateway.ServiceCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes batches from a queue and runs the function on them. Lambda has several pollers of a queue; here one thread gathers
 * the batches, one after the other, while up to the mapping's concurrency of them run. What fails stays in the queue,
 * hidden for its visibility timeout times the delay factor; the queue itself counts and gives up. Thread-safe.
 */
final class QueuePoller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueuePoller.class);

    /** SQS's limit of messages in a call (Amazon SQS API reference). */
    private static final int MOST_A_CALL = 10;

    private static final int WAIT_SECONDS = 1;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final EndpointSettings settings;
    private final ServiceCalls calls;
    private final FunctionCatalog catalog;
    private final FunctionRuntime runtime;
    private final SourceMapping mapping;
    private final Semaphore free;
    private final BackgroundWork polling;
    private final BackgroundWork ending;
    private volatile boolean closed;

    QueuePoller(
            EndpointSettings settings,
            ServiceCalls calls,
            FunctionCatalog catalog,
            FunctionRuntime runtime,
            BackgroundWork ending,
            SourceMapping mapping) {
        this.settings = settings;
        this.calls = calls;
        this.catalog = catalog;
        this.runtime = runtime;
        this.ending = ending;
        this.mapping = mapping;
        this.free = new Semaphore(Math.min(mapping.concurrency(), settings.concurrency()));
        this.polling = new BackgroundWork("queue-poller", 1);
    }

    void start() {
        polling.execute(this::poll);
    }

    /** Takes no further message. What it has goes to the function, and batches that run end by themselves. */
    @Override
    public void close() {
        closed = true;
        // Not interrupted: a message in hand would stay hidden for the whole visibility timeout.
        polling.execute(polling::close);
    }

    private void poll() {
        Duration pause = PAUSE;
        try {
            if (!closed) {
                pause = takeBatch() ? Duration.ZERO : PAUSE;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The queue or the function may be gone for a moment, as while a stack changes.
            if (!closed) {
                LOG.debug("Polling {} failed", mapping.queueArn(), e);
            }
        } finally {
            if (!closed) {
                polling.after(pause, this::poll);
            }
        }
    }

    /** False if there is no room for a batch now, which then stays in the queue. */
    private boolean takeBatch() throws InterruptedException {
        StoredFunction function = catalog.functions().get(mapping.function().name());
        if (function == null || version() == null || runtime.load(function.name()) >= function.reserved()) {
            return false;
        }
        free.acquire();
        boolean running = false;
        try {
            String url = url();
            QueueBatch batch = gather(url);
            // A batch may have taken its time, in which the function was updated or deleted.
            FunctionVersion version = version();
            if (!batch.isEmpty() && version != null) {
                runtime.submit(version, function::reserved, invocation(url, batch), false);
                running = true;
            }
        } finally {
            if (!running) {
                free.release();
            }
        }
        return true;
    }

    private @Nullable FunctionVersion version() {
        StoredFunction function = catalog.functions().get(mapping.function().name());
        return function == null
                ? null
                : FunctionCatalog.find(function, mapping.function().qualifier());
    }

    private Invocation invocation(String url, QueueBatch batch) {
        return new Invocation(
                UUID.randomUUID().toString(),
                mapping.functionArn(),
                batch.payload(),
                false,
                Invocation.NEVER,
                result -> ending.execute(() -> ended(url, batch, result)));
    }

    private void ended(String url, QueueBatch batch, InvocationResult result) {
        try {
            List<JsonNode> done = List.of();
            if (result.kind() == InvocationResult.Kind.SUCCESS) {
                done = mapping.partialAnswers() ? batch.done(result.payload()) : batch.messages();
            }
            List<JsonNode> left = new ArrayList<>(batch.messages());
            left.removeAll(done);
            inTens(url, "DeleteMessageBatch", done, entry -> {});
            if (settings.delayFactor() != 1) {
                Duration hidden = settings.scaled(Duration.ofSeconds(visibilitySeconds(url)));
                inTens(
                        url,
                        "ChangeMessageVisibilityBatch",
                        left,
                        entry -> entry.put("VisibilityTimeout", Math.round(hidden.toMillis() / 1000.0)));
            }
        } catch (AwsError e) {
            LOG.debug("The messages of {} stay until they are visible again", mapping.queueArn(), e);
        } finally {
            free.release();
        }
    }

    private QueueBatch gather(String url) throws InterruptedException {
        QueueBatch batch = new QueueBatch(mapping.queueArn(), settings.region(), mapping.batchSize());
        long end = System.nanoTime() + mapping.windowNanos();
        while (!closed) {
            boolean first = batch.isEmpty();
            JsonNode messages = receive(url, Math.min(MOST_A_CALL, batch.room()), first ? WAIT_SECONDS : 0);
            messages.forEach(batch::add);
            if (first) {
                end = System.nanoTime() + mapping.windowNanos();
            }
            boolean late = System.nanoTime() - end >= 0;
            if (batch.isEmpty() || batch.isFull() || (late && messages.size() < MOST_A_CALL)) {
                break;
            }
            if (messages.isEmpty()) {
                Thread.sleep(Math.min(20, Math.max(1, (end - System.nanoTime()) / 1_000_000)));
            }
        }
        return batch;
    }

    private JsonNode receive(String url, int most, int waitSeconds) {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.put("QueueUrl", url).put("MaxNumberOfMessages", most).put("WaitTimeSeconds", waitSeconds);
        input.putArray("AttributeNames").add("All");
        input.putArray("MessageAttributeNames").add("All");
        return calls.call("sqs", "ReceiveMessage", input).path("Messages");
    }

    private interface EntrySetting {
        void on(ObjectNode entry);
    }

    private void inTens(String url, String operation, List<JsonNode> messages, EntrySetting setting) {
        for (int from = 0; from < messages.size(); from += MOST_A_CALL) {
            ObjectNode input = JsonNodeFactory.instance.objectNode().put("QueueUrl", url);
            ArrayNode entries = input.putArray("Entries");
            for (JsonNode message : messages.subList(from, Math.min(messages.size(), from + MOST_A_CALL))) {
                ObjectNode entry = entries.addObject().put("Id", Integer.toString(entries.size()));
                entry.set("ReceiptHandle", message.path("ReceiptHandle"));
                setting.on(entry);
            }
            calls.call("sqs", operation, input);
        }
    }

    private long visibilitySeconds(String url) {
        ObjectNode input = JsonNodeFactory.instance.objectNode().put("QueueUrl", url);
        input.putArray("AttributeNames").add("VisibilityTimeout");
        return calls.call("sqs", "GetQueueAttributes", input)
                .path("Attributes")
                .path("VisibilityTimeout")
                .asLong();
    }

    private String url() {
        String name = mapping.queueArn().substring(mapping.queueArn().lastIndexOf(':') + 1);
        ObjectNode input = JsonNodeFactory.instance.objectNode().put("QueueName", name);
        return calls.call("sqs", "GetQueueUrl", input).path("QueueUrl").asText();
    }
}
