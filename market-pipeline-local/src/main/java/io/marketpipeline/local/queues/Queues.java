package io.marketpipeline.local.queues;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.AwsService;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.EndpointSettings;
import io.marketpipeline.local.gateway.Json;
import io.marketpipeline.local.gateway.Operation;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** SQS. Messages are ElasticMQ's; attributes of queues that it can't hold are kept here and read back. */
public final class Queues implements AwsService, AutoCloseable {
    private static final List<String> ENGINE_OPERATIONS = List.of(
            "ChangeMessageVisibility",
            "ChangeMessageVisibilityBatch",
            "GetQueueUrl",
            "ListDeadLetterSourceQueues",
            "ListMessageMoveTasks",
            "ListQueueTags",
            "ListQueues",
            "PurgeQueue",
            "ReceiveMessage",
            "StartMessageMoveTask",
            "TagQueue",
            "UntagQueue");

    private static final List<String> COUNTS = List.of(
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesDelayed");

    private final QueueEngine engine;
    private final Map<String, QueueSettings> settings = new ConcurrentHashMap<>();
    private final MessageAges ages = new MessageAges(Clock.systemUTC());
    private final Map<String, Operation> operations;

    /** Starts the engine. */
    public Queues(EndpointSettings endpoint) {
        this.engine = QueueEngine.start(endpoint);
        Map<String, Operation> all = new HashMap<>();
        ENGINE_OPERATIONS.forEach(name -> all.put(name, (input, context) -> engine.call(name, input)));
        all.put("CreateQueue", this::create);
        all.put("DeleteQueue", this::delete);
        all.put("GetQueueAttributes", this::attributes);
        all.put("SetQueueAttributes", this::setAttributes);
        all.put("SendMessage", this::send);
        all.put("SendMessageBatch", this::sendBatch);
        all.put("DeleteMessage", this::deleteMessage);
        all.put("DeleteMessageBatch", this::deleteBatch);
        this.operations = Map.copyOf(all);
    }

    @Override
    public String name() {
        return "sqs";
    }

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    @Override
    public void close() {
        engine.close();
    }

    private JsonNode create(ObjectNode input, CallContext context) {
        String name = input.path("QueueName").asText();
        QueueSettings existing = settings.get(name);
        if (existing != null && !existing.agrees(input.path("Attributes"))) {
            throw AwsError.of(
                    "QueueNameExists",
                    "A queue already exists with the same name and a different value for an attribute: " + name);
        }
        QueueSettings kept = new QueueSettings();
        kept.apply(input.path("Attributes"));
        ObjectNode output = engine.call("CreateQueue", forEngine(input));
        settings.putIfAbsent(name, kept);
        return output;
    }

    private JsonNode delete(ObjectNode input, CallContext context) {
        ObjectNode output = engine.call("DeleteQueue", input);
        settings.remove(queueName(input));
        ages.forget(queueName(input));
        return output;
    }

    private JsonNode send(ObjectNode input, CallContext context) {
        ObjectNode output = engine.call("SendMessage", input);
        ages.sent(queueName(input), output.path("MessageId").asText());
        return output;
    }

    private JsonNode sendBatch(ObjectNode input, CallContext context) {
        ObjectNode output = engine.call("SendMessageBatch", input);
        output.path("Successful")
                .forEach(sent ->
                        ages.sent(queueName(input), sent.path("MessageId").asText()));
        return output;
    }

    private JsonNode deleteMessage(ObjectNode input, CallContext context) {
        ObjectNode output = engine.call("DeleteMessage", input);
        ages.deleted(queueName(input), input.path("ReceiptHandle").asText());
        return output;
    }

    private JsonNode deleteBatch(ObjectNode input, CallContext context) {
        ObjectNode output = engine.call("DeleteMessageBatch", input);
        Set<String> failed = new HashSet<>();
        output.path("Failed").forEach(entry -> failed.add(entry.path("Id").asText()));
        input.path("Entries").forEach(entry -> {
            if (!failed.contains(entry.path("Id").asText())) {
                ages.deleted(queueName(input), entry.path("ReceiptHandle").asText());
            }
        });
        return output;
    }

    private JsonNode attributes(ObjectNode input, CallContext context) {
        Set<String> asked = new HashSet<>();
        input.path("AttributeNames").forEach(name -> asked.add(name.asText()));
        ObjectNode request = input.deepCopy();
        request.putArray("AttributeNames").add("All");
        ObjectNode all = engine.call("GetQueueAttributes", request);
        ObjectNode output = Json.object();
        ObjectNode attributes = output.putObject("Attributes");
        all.path("Attributes").properties().forEach(attribute -> {
            if (asked.contains("All") || asked.contains(attribute.getKey())) {
                attributes.set(attribute.getKey(), attribute.getValue());
            }
        });
        of(input).describe(asked, attributes);
        if (asked.contains(MessageAges.ATTRIBUTE)) {
            attributes.put(
                    MessageAges.ATTRIBUTE,
                    String.valueOf(ages.oldestSeconds(queueName(input), messages(all.path("Attributes")))));
        }
        return attributes.isEmpty() ? Json.object() : output;
    }

    private JsonNode setAttributes(ObjectNode input, CallContext context) {
        ObjectNode forEngine = forEngine(input);
        if (forEngine.path("Attributes").isEmpty()) {
            ObjectNode probe =
                    Json.object().put("QueueUrl", input.path("QueueUrl").asText());
            probe.putArray("AttributeNames").add("QueueArn");
            engine.call("GetQueueAttributes", probe);
        } else {
            engine.call("SetQueueAttributes", forEngine);
        }
        of(input).apply(input.path("Attributes"));
        return Json.object();
    }

    private static long messages(JsonNode attributes) {
        return COUNTS.stream().mapToLong(name -> attributes.path(name).asLong()).sum();
    }

    private QueueSettings of(ObjectNode input) {
        return settings.computeIfAbsent(queueName(input), name -> new QueueSettings());
    }

    private static ObjectNode forEngine(ObjectNode input) {
        ObjectNode copy = input.deepCopy();
        if (copy.get("Attributes") instanceof ObjectNode attributes) {
            attributes.remove(QueueSettings.KEPT);
        }
        return copy;
    }

    private static String queueName(ObjectNode input) {
        String url = input.path("QueueUrl").asText();
        return url.substring(url.lastIndexOf('/') + 1);
    }
}
