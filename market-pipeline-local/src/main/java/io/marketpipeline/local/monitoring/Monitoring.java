package io.marketpipeline.local.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.AwsService;
import io.marketpipeline.local.gateway.EndpointSettings;
import io.marketpipeline.local.gateway.Json;
import io.marketpipeline.local.gateway.Operation;
import io.marketpipeline.local.gateway.ServiceCalls;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CloudWatch. Alarms are evaluated every second over periods that end now, where AWS waits for whole minutes, so that a state
 * changes as soon as the data say so.
 */
public final class Monitoring implements AwsService, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Monitoring.class);

    /** SQS attributes by the metric that they give; the age isn't one of AWS's, the local SQS has it for this metric. */
    private static final Map<String, String> QUEUE_ATTRIBUTES = Map.of(
            "ApproximateAgeOfOldestMessage", "ApproximateAgeOfOldestMessage",
            "ApproximateNumberOfMessagesVisible", "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesDelayed", "ApproximateNumberOfMessagesDelayed");

    private final ServiceCalls calls;
    private final Clock clock = Clock.systemUTC();
    private final MetricStore store = new MetricStore();
    private final Alarms alarms;
    private final ScheduledExecutorService scheduler;
    private final ScheduledFuture<?> watching;
    private final Map<String, Operation> operations;

    /** Creates a service without metrics, and starts to watch the alarms that it will have. */
    public Monitoring(EndpointSettings endpoint, ServiceCalls calls) {
        this.calls = calls;
        ResourceTags tags = new ResourceTags();
        this.alarms = new Alarms(endpoint, calls, store, clock, tags);
        Map<String, Operation> all = new HashMap<>(new MetricOperations(store, clock).operations());
        all.putAll(alarms.operations());
        all.putAll(new Dashboards().operations());
        all.putAll(tags.operations());
        this.operations = Map.copyOf(all);
        this.scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "alarms");
            thread.setDaemon(true);
            return thread;
        });
        this.watching = scheduler.scheduleWithFixedDelay(this::watch, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public String name() {
        return "cloudwatch";
    }

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    @Override
    public void close() {
        watching.cancel(true);
        scheduler.shutdownNow();
    }

    private void watch() {
        try {
            alarms.metrics().forEach(this::measureQueue);
            alarms.evaluate();
        } catch (RuntimeException | Error e) {
            // An error, too: it would end the watching without a word.
            if (!scheduler.isShutdown()) {
                LOG.error("Alarms could not be evaluated", e);
            }
        }
    }

    /** SQS's own metrics come from its queues, when an alarm looks at them. */
    private void measureQueue(Metric metric) {
        String attribute = QUEUE_ATTRIBUTES.get(metric.name());
        String queue = metric.dimensions().get("QueueName");
        if (!metric.namespace().equals("AWS/SQS") || attribute == null || queue == null) {
            return;
        }
        try {
            JsonNode url = calls.call("sqs", "GetQueueUrl", Json.object().put("QueueName", queue));
            ObjectNode input =
                    Json.object().put("QueueUrl", url.path("QueueUrl").asText());
            input.putArray("AttributeNames").add(attribute);
            JsonNode attributes = calls.call("sqs", "GetQueueAttributes", input).path("Attributes");
            double depth = attributes.path(attribute).asDouble();
            store.put(metric, clock.instant().getEpochSecond(), point -> point.add(depth, 1));
        } catch (AwsError e) {
            LOG.debug("Queue {} of an alarm can't be measured: {}", queue, e.message());
        }
    }
}
