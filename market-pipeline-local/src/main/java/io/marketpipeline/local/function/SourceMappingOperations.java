package io.marketpipeline.local.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.background.BackgroundWork;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.EndpointSettings;
import io.marketpipeline.local.gateway.Operation;
import io.marketpipeline.local.gateway.ServiceCalls;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Event source mappings, of SQS queues only, and their pollers. Thread-safe. */
final class SourceMappingOperations implements AutoCloseable {
    private static final int DEFAULT_BATCH = 10;

    /** Settings that this endpoint could only pretend to have. */
    private static final List<String> REFUSED =
            List.of("FilterCriteria", "DestinationConfig", "KMSKeyArn", "MetricsConfig", "ProvisionedPollerConfig");

    private final EndpointSettings settings;
    private final ServiceCalls calls;
    private final FunctionCatalog catalog;
    private final FunctionRuntime runtime;
    private final BackgroundWork ending = new BackgroundWork("queue-batches", 2);
    private final Map<String, SourceMapping> mappings = new TreeMap<>();
    private final Map<String, QueuePoller> pollers = new TreeMap<>();

    SourceMappingOperations(
            EndpointSettings settings, ServiceCalls calls, FunctionCatalog catalog, FunctionRuntime runtime) {
        this.settings = settings;
        this.calls = calls;
        this.catalog = catalog;
        this.runtime = runtime;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "CreateEventSourceMapping", this::create,
                "GetEventSourceMapping", this::get,
                "ListEventSourceMappings", this::list,
                "UpdateEventSourceMapping", this::update,
                "DeleteEventSourceMapping", this::delete);
    }

    @Override
    public synchronized void close() {
        pollers.values().forEach(QueuePoller::close);
        ending.close();
    }

    private synchronized JsonNode create(ObjectNode input, CallContext context) {
        String queueArn = input.path("EventSourceArn").asText();
        if (!queueArn.matches("arn:aws[a-z-]*:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+")) {
            throw AwsError.notSupported("Event source '" + queueArn + "' (standard queues of SQS only)");
        }
        FunctionReference function = FunctionReference.of(input);
        catalog.version(function);
        String functionArn = catalog.arn(function);
        for (SourceMapping other : mappings.values()) {
            if (other.queueArn().equals(queueArn) && other.functionArn().equals(functionArn)) {
                throw AwsError.of(
                        "ResourceConflictException",
                        "An event source mapping with SQS arn (\" " + queueArn + " \") and function (\" "
                                + function.name() + " \") already exists. Please update or delete the existing mapping"
                                + " with UUID " + other.uuid(),
                        409);
            }
        }
        String uuid = UUID.randomUUID().toString();
        ObjectNode configuration = JsonNodeFactory.instance.objectNode();
        configuration
                .put("UUID", uuid)
                .put("EventSourceMappingArn", settings.arn("lambda", "event-source-mapping:" + uuid))
                .put("EventSourceArn", queueArn)
                .put("FunctionArn", functionArn)
                .put("BatchSize", DEFAULT_BATCH)
                .put("MaximumBatchingWindowInSeconds", 0)
                .put("State", "Enabled")
                .put("StateTransitionReason", "USER_INITIATED");
        configuration.putArray("FunctionResponseTypes");
        return started(configuration, input, "Creating");
    }

    private synchronized JsonNode get(ObjectNode input, CallContext context) {
        return found(input).configuration().deepCopy();
    }

    private synchronized JsonNode list(ObjectNode input, CallContext context) {
        String queueArn = input.path("EventSourceArn").asText();
        String functionArn = input.hasNonNull("FunctionName") ? catalog.arn(FunctionReference.of(input)) : "";
        List<ObjectNode> all = mappings.values().stream()
                .filter(mapping -> queueArn.isEmpty() || mapping.queueArn().equals(queueArn))
                .filter(mapping -> functionArn.isEmpty()
                        || mapping.functionArn().equals(functionArn)
                        || mapping.functionArn().startsWith(functionArn + ":"))
                .map(SourceMapping::configuration)
                .toList();
        return Pages.of(input, all, "EventSourceMappings", "Marker", "NextMarker", 100);
    }

    private synchronized JsonNode update(ObjectNode input, CallContext context) {
        ObjectNode configuration = found(input).configuration().deepCopy();
        if (input.hasNonNull("FunctionName")) {
            FunctionReference function =
                    FunctionReference.of(input.path("FunctionName").asText(), "");
            catalog.version(function);
            configuration.put("FunctionArn", catalog.arn(function));
        }
        return started(configuration, input, "Updating");
    }

    private synchronized JsonNode delete(ObjectNode input, CallContext context) {
        SourceMapping mapping = found(input);
        mappings.remove(mapping.uuid());
        stop(mapping.uuid());
        return mapping.configuration().deepCopy().put("State", "Deleting");
    }

    /** Takes the input's settings over and polls with them; answers what the API shows while it still does so. */
    private ObjectNode started(ObjectNode configuration, ObjectNode input, String state) {
        apply(configuration, input);
        SourceMapping mapping = new SourceMapping(configuration);
        check(mapping);
        mappings.put(mapping.uuid(), mapping);
        stop(mapping.uuid());
        if (mapping.enabled()) {
            QueuePoller poller = new QueuePoller(settings, calls, catalog, runtime, ending, mapping);
            pollers.put(mapping.uuid(), poller);
            poller.start();
        }
        return configuration.deepCopy().put("State", state);
    }

    private void stop(String uuid) {
        QueuePoller poller = pollers.remove(uuid);
        if (poller != null) {
            poller.close();
        }
    }

    private static void apply(ObjectNode configuration, ObjectNode input) {
        for (String name : REFUSED) {
            if (input.hasNonNull(name) && !input.get(name).isEmpty()) {
                throw AwsError.notSupported(name + " of an event source mapping");
            }
        }
        for (String name : Set.of("BatchSize", "MaximumBatchingWindowInSeconds", "FunctionResponseTypes")) {
            if (input.hasNonNull(name)) {
                configuration.set(name, input.get(name));
            }
        }
        if (input.hasNonNull("ScalingConfig")) {
            configuration.set("ScalingConfig", input.get("ScalingConfig"));
        }
        if (input.hasNonNull("Enabled")) {
            configuration.put("State", input.get("Enabled").asBoolean() ? "Enabled" : "Disabled");
        }
        configuration.put("LastModified", System.currentTimeMillis() / 1000.0);
    }

    /** Limits: CreateEventSourceMapping and ScalingConfig in the Lambda API reference. */
    private void check(SourceMapping mapping) {
        ObjectNode configuration = mapping.configuration();
        within("BatchSize", mapping.batchSize(), 1, 10_000);
        int window = configuration.path("MaximumBatchingWindowInSeconds").asInt();
        within("MaximumBatchingWindowInSeconds", window, 0, 300);
        if (mapping.batchSize() > 10 && window == 0) {
            throw FunctionSettings.invalid(
                    "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10");
        }
        JsonNode concurrency = configuration.path("ScalingConfig").path("MaximumConcurrency");
        if (concurrency.isNumber()) {
            within("MaximumConcurrency", concurrency.asInt(), 2, 1000);
        }
        long visibility = visibilitySeconds(mapping.queueArn());
        long timeout = catalog.version(mapping.function()).timeout().toSeconds();
        if (visibility < timeout) {
            throw FunctionSettings.invalid("Queue visibility timeout: " + visibility
                    + " seconds is less than Function timeout: " + timeout + " seconds");
        }
    }

    private long visibilitySeconds(String queueArn) {
        String name = queueArn.substring(queueArn.lastIndexOf(':') + 1);
        ObjectNode named = JsonNodeFactory.instance.objectNode().put("QueueName", name);
        try {
            JsonNode url = calls.call("sqs", "GetQueueUrl", named).path("QueueUrl");
            ObjectNode input = JsonNodeFactory.instance.objectNode();
            input.set("QueueUrl", url);
            input.putArray("AttributeNames").add("VisibilityTimeout");
            return calls.call("sqs", "GetQueueAttributes", input)
                    .path("Attributes")
                    .path("VisibilityTimeout")
                    .asLong();
        } catch (AwsError e) {
            throw FunctionSettings.invalid("Error occurred while ReceiveMessage. SQS Error Code: "
                    + "AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue " + name
                    + " does not exist.");
        }
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw FunctionSettings.invalid(name + " is " + value + "; it must be " + least + " to " + most + ".");
        }
    }

    private SourceMapping found(ObjectNode input) {
        SourceMapping mapping = mappings.get(input.path("UUID").asText());
        if (mapping == null) {
            throw AwsError.of("ResourceNotFoundException", "The resource you requested does not exist.", 404);
        }
        return mapping;
    }
}
