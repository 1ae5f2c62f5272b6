package io.marketpipeline.local.events;

import io.marketpipeline.local.background.BackgroundWork;
import io.marketpipeline.local.gateway.ServiceCalls;
import io.marketpipeline.local.metering.MetricBuffer;
import java.util.Map;

/** What EventBridge counts about rules, in the namespace {@code AWS/Events}. Thread-safe. */
final class EventMetrics implements AutoCloseable {
    private static final String NAMESPACE = "AWS/Events";
    private static final long FLUSH_MILLIS = 1000;

    private final MetricBuffer buffer;
    private final BackgroundWork work = new BackgroundWork("events-metrics", 1);

    EventMetrics(ServiceCalls calls) {
        buffer = new MetricBuffer(calls);
        work.every(FLUSH_MILLIS, buffer::flush);
    }

    /** Counts one, by rule alone (the default bus's rules in AWS) and by bus and rule. */
    void count(String metric, EventBus bus, Rule rule) {
        buffer.add(NAMESPACE, metric, "Count", Map.of("RuleName", rule.name()), 1);
        buffer.add(NAMESPACE, metric, "Count", Map.of("EventBusName", bus.name(), "RuleName", rule.name()), 1);
    }

    /** Counts one for the whole account. */
    void count(String metric) {
        buffer.add(NAMESPACE, metric, "Count", Map.of(), 1);
    }

    @Override
    public void close() {
        work.close();
        buffer.flush();
    }
}
