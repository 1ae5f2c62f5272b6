package io.marketpipeline.local.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.MessageText;
import io.marketpipeline.local.gateway.ServiceCalls;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Where asynchronous events go when they are done: the function's dead-letter queue, with the three attributes of Lambda's
 * ("Dead-letter queues" in the Lambda developer guide), and destinations, with a record of request and answer. Queues only.
 */
final class FailedEvents {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int LONGEST_MESSAGE = 1024;

    private final ServiceCalls calls;
    private final FunctionCatalog catalog;
    private final FunctionRuntime runtime;

    FailedEvents(ServiceCalls calls, FunctionCatalog catalog, FunctionRuntime runtime) {
        this.calls = calls;
        this.catalog = catalog;
        this.runtime = runtime;
    }

    /** Tells the destination for successes, if there is one. */
    void succeeded(
            JsonNode config,
            AsyncInvoker.Event event,
            FunctionVersion version,
            InvocationResult result,
            Executor executor) {
        String arn = destination(config, "OnSuccess");
        if (!arn.isEmpty()) {
            ObjectNode record = record(event, version, result, "Success");
            executor.execute(() -> toDestination(arn, event, record));
        }
    }

    /**
     * Sends an event that is given up to the dead-letter queue and the destination for failures.
     *
     * @param result the last failure; null if the event grew too old, or may not run at all
     */
    void failed(JsonNode config, AsyncInvoker.Event event, FunctionVersion version, @Nullable InvocationResult result) {
        runtime.count(catalog.arn(event.target()), "AsyncEventsDropped");
        String queue = version.deadLetterArn();
        if (!queue.isEmpty()) {
            try {
                deadLetter(queue, event, result);
            } catch (AwsError e) {
                runtime.count(catalog.arn(event.target()), "DeadLetterErrors");
            }
        }
        String destination = destination(config, "OnFailure");
        if (!destination.isEmpty()) {
            String condition = result == null ? "EventAgeExceeded" : "RetriesExhausted";
            toDestination(destination, event, record(event, version, result, condition));
        }
    }

    private void deadLetter(String queue, AsyncInvoker.Event event, @Nullable InvocationResult result) {
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        attribute(attributes, "RequestID", "String", event.requestId());
        attribute(attributes, "ErrorCode", "Number", result == null ? "429" : "200");
        attribute(attributes, "ErrorMessage", "String", result == null ? "Rate Exceeded." : message(result));
        send(queue, new String(event.payload(), StandardCharsets.UTF_8), attributes);
    }

    private void toDestination(String arn, AsyncInvoker.Event event, ObjectNode record) {
        try {
            send(arn, record.toString(), JsonNodeFactory.instance.objectNode());
        } catch (AwsError e) {
            runtime.count(catalog.arn(event.target()), "DestinationDeliveryFailures");
        }
    }

    private void send(String arn, String body, ObjectNode attributes) {
        String[] parts = arn.split(":", -1);
        if (parts.length < 6 || !parts[2].equals("sqs")) {
            throw AwsError.notSupported("Destination " + arn + " (queues only)");
        }
        JsonNode queue = calls.call(
                "sqs", "GetQueueUrl", JsonNodeFactory.instance.objectNode().put("QueueName", parts[5]));
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.put("QueueUrl", queue.path("QueueUrl").asText()).put("MessageBody", body);
        if (!attributes.isEmpty()) {
            input.set("MessageAttributes", attributes);
        }
        calls.call("sqs", "SendMessage", input);
    }

    private ObjectNode record(
            AsyncInvoker.Event event, FunctionVersion version, @Nullable InvocationResult result, String condition) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("version", "1.0").put("timestamp", Instant.now().toString());
        int attempts = event.attempts() + (result == null ? 0 : 1);
        record.putObject("requestContext")
                .put("requestId", event.requestId())
                .put("functionArn", version.text("FunctionArn"))
                .put("condition", condition)
                .put("approximateInvokeCount", attempts);
        record.set("requestPayload", json(event.payload()));
        if (result != null) {
            ObjectNode response = record.putObject("responseContext")
                    .put("statusCode", 200)
                    .put("executedVersion", version.version());
            if (result.kind() == InvocationResult.Kind.FUNCTION_ERROR) {
                response.put("functionError", "Unhandled");
            }
            record.set("responsePayload", json(result.payload()));
        }
        return record;
    }

    private static void attribute(ObjectNode attributes, String name, String type, String value) {
        attributes.putObject(name).put("DataType", type).put("StringValue", MessageText.permitted(value));
    }

    private static String message(InvocationResult result) {
        String message = json(result.payload()).path("errorMessage").asText();
        String text = message.isEmpty() || message.equals("null") ? "Unknown" : message;
        return text.substring(0, Math.min(text.length(), LONGEST_MESSAGE));
    }

    private static String destination(JsonNode config, String outcome) {
        return config.path("DestinationConfig")
                .path(outcome)
                .path("Destination")
                .asText();
    }

    private static JsonNode json(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }
}
