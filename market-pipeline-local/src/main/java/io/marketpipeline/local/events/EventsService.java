package io.marketpipeline.local.events;

import io.marketpipeline.local.gateway.AwsService;
import io.marketpipeline.local.gateway.EndpointSettings;
import io.marketpipeline.local.gateway.Operation;
import io.marketpipeline.local.gateway.ServiceCalls;
import java.util.HashMap;
import java.util.Map;

/**
 * EventBridge's classic event buses. Targets are functions and queues; schedules, API destinations, schemas and other
 * targets are refused by name. Thread-safe.
 */
public final class EventsService implements AwsService, AutoCloseable {
    private final Map<String, Operation> operations = new HashMap<>();
    private final EventMetrics metrics;
    private final Delivery delivery;
    private final ReplayOperations replays;

    /**
     * Creates the service with its default bus.
     *
     * @param calls to lambda, sqs and cloudwatch
     */
    public EventsService(EndpointSettings settings, ServiceCalls calls) {
        EventCatalog catalog = new EventCatalog(settings);
        metrics = new EventMetrics(calls);
        delivery = new Delivery(settings, calls, metrics);
        EventRouter router = new EventRouter(catalog, delivery, metrics);
        replays = new ReplayOperations(catalog, router);
        operations.putAll(new BusOperations(catalog).operations());
        operations.putAll(new RuleOperations(catalog).operations());
        operations.putAll(new ArchiveOperations(catalog).operations());
        operations.putAll(replays.operations());
        operations.put("PutEvents", new PutEventsOperation(catalog, router));
    }

    @Override
    public String name() {
        return "events";
    }

    @Override
    public Map<String, Operation> operations() {
        return Map.copyOf(operations);
    }

    @Override
    public void close() {
        replays.close();
        delivery.close();
        metrics.close();
    }
}
