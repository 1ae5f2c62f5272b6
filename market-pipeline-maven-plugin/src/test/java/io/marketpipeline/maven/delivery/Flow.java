package io.marketpipeline.maven.delivery;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.publish.MarketEventPublisher;
import io.marketpipeline.publish.OutgoingEvent;
import io.marketpipeline.publish.PublishResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Trades that go to a pipeline one after the other until they are told to end, and what becomes of them. */
final class Flow implements AutoCloseable {
    private static final double EVENTS_PER_SECOND = 20;
    private static final Duration LOOK = Duration.ofMillis(200);

    private final PipelineConfig config;
    private final AwsClients clients;
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final List<PublishResult> refused = new ArrayList<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Future<?> feeding;
    private volatile boolean ended;

    private Flow(PipelineConfig config) {
        this.config = config;
        this.clients = AwsClients.of(config);
        this.feeding = thread.submit(this::feed);
    }

    static Flow start(PipelineConfig config) {
        return new Flow(config);
    }

    private Void feed() throws InterruptedException {
        try (MarketEventPublisher publisher = MarketEventPublisher.builder(
                        clients.eventBridge(), config.names().eventBus())
                .eventsPerSecond(EVENTS_PER_SECOND)
                .onResults(results -> results.forEach(this::answered))
                .build()) {
            for (int i = 0; !ended; i++) {
                String id = "flow:" + i;
                publisher.publish(new OutgoingEvent(
                        id,
                        "market.data",
                        "Trade Execution",
                        "{\"event_id\":\"" + id + "\",\"event_time\":\"2013-10-07T13:30:00.100Z\","
                                + "\"exchange\":\"XNAS\",\"symbol\":\"BAC\",\"price\":13.94,\"volume\":" + i + "}"));
            }
            return null;
        }
    }

    private void answered(PublishResult result) {
        if (result instanceof PublishResult.Accepted) {
            accepted.add(result.event().eventId());
        } else {
            refused.add(result);
        }
    }

    /** Sends no more; the identities of those that the bus has. */
    Set<String> end() throws Exception {
        ended = true;
        Object unused = feeding.get();
        if (!refused.isEmpty()) {
            throw new IllegalStateException("not accepted: " + refused);
        }
        return Set.copyOf(accepted);
    }

    void awaitStored(int events, Duration patience) throws Exception {
        await(events + " rows", () -> stored().size() >= events, patience);
    }

    /** Until so many are stored of those that aren't sent yet. */
    void awaitMore(int events, Duration patience) throws Exception {
        Set<String> before = Set.copyOf(accepted);
        await(
                events + " more rows",
                () -> {
                    Set<String> stored = stored();
                    stored.removeAll(before);
                    return stored.size() >= events;
                },
                patience);
    }

    void awaitEmptyQueue(Duration patience) throws Exception {
        await("an empty queue", () -> waiting() == 0, patience);
    }

    Set<String> stored() {
        Set<String> ids = new HashSet<>();
        items(config.names().marketDataTable())
                .forEach(row -> ids.add(row.get("event_id").s()));
        return ids;
    }

    /** Identity and status of each record of an event. */
    List<String> audited() {
        return items(config.names().auditTrailTable()).stream()
                .map(record -> record.get("audit_id").s())
                .filter(id -> id.startsWith("flow:"))
                .toList();
    }

    private List<Map<String, AttributeValue>> items(String table) {
        return clients.dynamoDb().scanPaginator(scan -> scan.tableName(table).consistentRead(true)).items().stream()
                .toList();
    }

    private int waiting() {
        String url = clients.sqs()
                .getQueueUrl(get -> get.queueName(config.names().eventQueue()))
                .queueUrl();
        return clients
                .sqs()
                .getQueueAttributes(get -> get.queueUrl(url)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes()
                .values()
                .stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }

    private static void await(String what, Callable<Boolean> done, Duration patience) throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (!done.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("There were never " + what);
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    @Override
    public void close() {
        ended = true;
        thread.shutdown();
        clients.close();
    }
}
