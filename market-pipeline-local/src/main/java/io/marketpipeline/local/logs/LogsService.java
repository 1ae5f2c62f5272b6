package io.marketpipeline.local.logs;

import io.marketpipeline.local.background.BackgroundWork;
import io.marketpipeline.local.gateway.AwsService;
import io.marketpipeline.local.gateway.EndpointSettings;
import io.marketpipeline.local.gateway.Operation;
import io.marketpipeline.local.gateway.ServiceCalls;
import io.marketpipeline.local.metering.MetricBuffer;
import java.util.HashMap;
import java.util.Map;

/** CloudWatch Logs in memory: each group keeps its newest 64 MB. Thread-safe. */
public final class LogsService implements AwsService, AutoCloseable {
    private static final long METRICS_MILLIS = 1000;

    private final Map<String, Operation> operations = new HashMap<>();
    private final BackgroundWork work = new BackgroundWork("logs-metrics", 1);
    private final MetricBuffer metrics;

    /**
     * Creates the service without groups.
     *
     * @param calls to cloudwatch, for the metrics that log lines carry
     */
    public LogsService(EndpointSettings settings, ServiceCalls calls) {
        LogStore store = new LogStore(settings);
        metrics = new MetricBuffer(calls);
        work.every(METRICS_MILLIS, metrics::flush);
        operations.putAll(new GroupOperations(store).operations());
        operations.putAll(new EventOperations(store, new EmbeddedMetrics(metrics)).operations());
    }

    @Override
    public String name() {
        return "logs";
    }

    @Override
    public Map<String, Operation> operations() {
        return Map.copyOf(operations);
    }

    @Override
    public void close() {
        work.close();
        metrics.flush();
    }
}
