package io.marketpipeline.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;

/** The services of one endpoint by name. Thread-safe. */
public final class ServiceDirectory implements ServiceCalls, AutoCloseable {
    private static final Map<String, String> SIGNING_NAMES = Map.of("monitoring", "cloudwatch");

    private final EndpointSettings settings;
    private final Map<String, AwsService> services = new ConcurrentHashMap<>();
    private final List<AwsService> order = new CopyOnWriteArrayList<>();

    /** Creates an empty directory. */
    public ServiceDirectory(EndpointSettings settings) {
        this.settings = settings;
    }

    /**
     * Adds a service.
     *
     * @throws IllegalStateException if one of that name is there already
     */
    public void add(AwsService service) {
        if (services.putIfAbsent(service.name(), service) != null) {
            throw new IllegalStateException("Two services are called " + service.name());
        }
        order.add(service);
    }

    @Override
    public JsonNode call(String service, String operation, ObjectNode input) {
        return call(service, operation, input, newContext());
    }

    JsonNode call(String service, String operation, ObjectNode input, CallContext context) {
        return find(service, operation).call(input, context);
    }

    Operation find(String service, String operation) {
        AwsService found = services.get(SIGNING_NAMES.getOrDefault(service, service));
        if (found == null) {
            throw AwsError.notSupported("Service '" + service + "'");
        }
        Operation known = found.operations().get(operation);
        if (known == null) {
            throw AwsError.notSupported(found.name() + ":" + operation);
        }
        return known;
    }

    /** The names of all operations by service. */
    public Map<String, Set<String>> operations() {
        Map<String, Set<String>> result = new TreeMap<>();
        order.forEach(service ->
                result.put(service.name(), new TreeSet<>(service.operations().keySet())));
        return result;
    }

    /** The service whose engine answers the operation itself; null if there is none. */
    @Nullable
    EngineService engine(String service, String operation) {
        return services.get(service) instanceof EngineService engine && engine.answersItself(operation) ? engine : null;
    }

    /** Gives the engines' handlers to the server that runs them. */
    void handOver(Server server) {
        for (AwsService service : order) {
            if (service instanceof EngineService engine) {
                engine.engine().setServer(server);
                server.addBean(engine.engine());
            }
        }
    }

    CallContext newContext() {
        return new CallContext(
                settings.region(),
                settings.accountId(),
                settings.endpoint(),
                UUID.randomUUID().toString());
    }

    /** Closes the services that can be closed, the last added first; one that fails doesn't keep the others open. */
    @Override
    public void close() {
        List<AwsService> reversed = new ArrayList<>(order);
        Collections.reverse(reversed);
        RuntimeException first = null;
        for (AwsService service : reversed) {
            try {
                if (service instanceof AutoCloseable closeable) {
                    closeable.close();
                }
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                if (first == null) {
                    first = new IllegalStateException("Could not close " + service.name(), e);
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
