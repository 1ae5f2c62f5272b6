package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.endpoint.EndpointProcess;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugin.AbstractMojo;
import org.jspecify.annotations.Nullable;

/** Hands the endpoint from {@code start} to {@code stop}: both see one plugin context for the project and build. */
final class StartedEndpoint {
    private static final String KEY = "market-pipeline.local-endpoint";

    private StartedEndpoint() {}

    @SuppressWarnings("unchecked") // Maven's context is a raw map; its keys are strings.
    static Map<String, Object> context(AbstractMojo goal) {
        @Nullable Map<?, ?> context = goal.getPluginContext();
        return context == null ? new HashMap<>() : (Map<String, Object>) context;
    }

    static Optional<EndpointProcess> in(Map<String, Object> context) {
        return Optional.ofNullable((EndpointProcess) context.get(KEY)).filter(EndpointProcess::alive);
    }

    static void put(Map<String, Object> context, EndpointProcess endpoint) {
        context.put(KEY, endpoint);
    }

    static void remove(Map<String, Object> context) {
        context.remove(KEY);
    }
}
