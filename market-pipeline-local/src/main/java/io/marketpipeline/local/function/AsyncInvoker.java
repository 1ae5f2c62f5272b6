package io.marketpipeline.local.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.background.BackgroundWork;
import io.marketpipeline.local.gateway.EndpointSettings;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The queue of asynchronous events. A failed event is tried again after one and two minutes (Lambda developer guide, "How
 * Lambda handles errors and retries with asynchronous invocation"); delays are multiplied by the delay factor, while ages count
 * them in full. An event for which there is no free process waits; where the reserved concurrency is 0, it is given up untried
 * ("Capturing records of Lambda asynchronous invocations"). Thread-safe.
 */
final class AsyncInvoker implements AutoCloseable {
    private static final int DEFAULT_RETRIES = 2;
    private static final long DEFAULT_AGE_SECONDS = 21_600;

    private final EndpointSettings settings;
    private final FunctionCatalog catalog;
    private final FunctionRuntime runtime;
    private final FailedEvents failed;
    private final BackgroundWork timer = new BackgroundWork("function-async", 2);

    AsyncInvoker(EndpointSettings settings, FunctionCatalog catalog, FunctionRuntime runtime, FailedEvents failed) {
        this.settings = settings;
        this.catalog = catalog;
        this.runtime = runtime;
        this.failed = failed;
    }

    /**
     * One event in the queue.
     *
     * @param attempts how often the function ran and failed
     * @param acceptedNanos when it came, moved back by the part of the delays that the delay factor took away
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, and a copy of each payload would cost.
    record Event(FunctionReference target, byte[] payload, String requestId, int attempts, long acceptedNanos) {
        long ageSeconds() {
            return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - acceptedNanos);
        }
    }

    /** Takes an event; it will run when a process is free. */
    void accept(FunctionReference target, byte[] payload, String requestId) {
        dispatch(new Event(target, payload, requestId, 0, System.nanoTime()));
    }

    @Override
    public void close() {
        timer.close();
    }

    private void dispatch(Event event) {
        StoredFunction function = catalog.functions().get(event.target().name());
        FunctionVersion version = function == null
                ? null
                : FunctionCatalog.find(function, event.target().qualifier());
        if (function == null || version == null) {
            runtime.count(catalog.arn(event.target()), "AsyncEventsDropped");
            return;
        }
        long maximumAge = setting(function, event, "MaximumEventAgeInSeconds", DEFAULT_AGE_SECONDS);
        if (function.reserved() == 0 || event.ageSeconds() >= maximumAge) {
            giveUp(event, version, null);
        } else {
            Invocation invocation = new Invocation(
                    event.requestId(),
                    catalog.arn(event.target()),
                    event.payload(),
                    false,
                    event.acceptedNanos() + TimeUnit.SECONDS.toNanos(maximumAge),
                    result -> ended(event, function, version, result));
            runtime.submit(version, function::reserved, invocation, false);
        }
    }

    private void ended(Event event, StoredFunction function, FunctionVersion version, InvocationResult result) {
        switch (result.kind()) {
            case SUCCESS -> failed.succeeded(config(function, event), event, version, result, timer);
            case FUNCTION_ERROR -> {
                long retries = setting(function, event, "MaximumRetryAttempts", DEFAULT_RETRIES);
                if (event.attempts() < retries) {
                    Duration delay = Duration.ofMinutes(event.attempts() + 1L);
                    again(event, delay);
                } else {
                    giveUp(event, version, result);
                }
            }
            case EXPIRED -> giveUp(event, version, null);
            // The version that it waited for was deleted; an alias has another one by now.
            case GONE -> dispatch(event);
        }
    }

    private void again(Event event, Duration delay) {
        Duration scaled = settings.scaled(delay);
        long skipped = delay.minus(scaled).toNanos();
        Event next = new Event(
                event.target(),
                event.payload(),
                event.requestId(),
                event.attempts() + 1,
                event.acceptedNanos() - skipped);
        timer.after(scaled, () -> dispatch(next));
    }

    private void giveUp(Event event, FunctionVersion version, @Nullable InvocationResult result) {
        StoredFunction function = catalog.functions().get(event.target().name());
        JsonNode config = function == null ? JsonNodeFactory.instance.objectNode() : config(function, event);
        timer.execute(() -> failed.failed(config, event, version, result));
    }

    private long setting(StoredFunction function, Event event, String name, long otherwise) {
        return config(function, event).path(name).asLong(otherwise);
    }

    private static JsonNode config(StoredFunction function, Event event) {
        String qualifier = event.target().qualifier();
        ObjectNode config = function.invokeConfigs().get(qualifier.isEmpty() ? FunctionVersion.LATEST : qualifier);
        return config == null ? JsonNodeFactory.instance.objectNode() : config;
    }
}
