package io.marketpipeline.local.notifications;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.AwsService;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.EndpointSettings;
import io.marketpipeline.local.gateway.Json;
import io.marketpipeline.local.gateway.Operation;
import io.marketpipeline.local.gateway.ServiceCalls;
import io.marketpipeline.local.notifications.Topic.Subscription;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SNS. Messages go to subscribed queues; addresses outside this machine are kept as pending and get nothing. */
public final class Notifications implements AwsService {
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final String INVALID = "InvalidParameter";
    private static final Set<String> TOPIC_ATTRIBUTES =
            Set.of("DeliveryPolicy", "DisplayName", "KmsMasterKeyId", "Policy", "SignatureVersion", "TracingConfig");
    private static final Set<String> SUBSCRIPTION_ATTRIBUTES = Set.of("RawMessageDelivery", "RedrivePolicy");
    private static final Set<String> PROTOCOLS =
            Set.of("sqs", "email", "email-json", "http", "https", "sms", "lambda", "application", "firehose");

    private final EndpointSettings endpoint;
    private final ServiceCalls calls;
    private final ConcurrentMap<String, Topic> topics = new ConcurrentSkipListMap<>();
    private final Map<String, Operation> operations;

    /** Creates a service without topics. */
    public Notifications(EndpointSettings endpoint, ServiceCalls calls) {
        this.endpoint = endpoint;
        this.calls = calls;
        Map<String, Operation> all = new HashMap<>();
        all.put("CreateTopic", this::create);
        all.put("DeleteTopic", this::delete);
        all.put("ListTopics", this::list);
        all.put("GetTopicAttributes", this::attributes);
        all.put("SetTopicAttributes", this::setAttribute);
        all.put("Subscribe", this::subscribe);
        all.put("Unsubscribe", this::unsubscribe);
        all.put("ListSubscriptions", (input, context) -> describe(topics.values()));
        all.put("ListSubscriptionsByTopic", (input, context) -> describe(List.of(topic(input, "TopicArn"))));
        all.put("Publish", this::publish);
        all.put("TagResource", (input, context) -> {
            tag(topic(input, "ResourceArn"), input);
            return Json.object();
        });
        all.put("UntagResource", (input, context) -> {
            Topic topic = topic(input, "ResourceArn");
            input.path("TagKeys").forEach(key -> topic.tags().remove(key.asText()));
            return Json.object();
        });
        all.put("ListTagsForResource", this::tags);
        this.operations = Map.copyOf(all);
    }

    @Override
    public String name() {
        return "sns";
    }

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    private JsonNode create(ObjectNode input, CallContext context) {
        String name = Json.required(input, "Name", INVALID);
        if (!name.matches("[A-Za-z0-9_-]{1,256}")) {
            throw AwsError.of(
                    INVALID, "Invalid parameter: Topic Name '" + name + "'; FIFO topics are not supported here");
        }
        input.path("Attributes").properties().forEach(attribute -> known(attribute.getKey()));
        Topic topic = topics.computeIfAbsent(endpoint.arn("sns", name), Topic::new);
        input.path("Attributes").properties().forEach(attribute -> topic.attributes()
                .put(attribute.getKey(), attribute.getValue().asText()));
        tag(topic, input);
        return Json.object().put("TopicArn", topic.arn());
    }

    private JsonNode delete(ObjectNode input, CallContext context) {
        topics.remove(Json.required(input, "TopicArn", INVALID));
        return Json.object();
    }

    private JsonNode list(ObjectNode input, CallContext context) {
        ObjectNode output = Json.object();
        output.putArray("Topics");
        topics.keySet()
                .forEach(arn -> output.withArrayProperty("Topics").addObject().put("TopicArn", arn));
        return output;
    }

    private JsonNode attributes(ObjectNode input, CallContext context) {
        Topic topic = topic(input, "TopicArn");
        long queues = topic.subscriptions().values().stream()
                .filter(Subscription::isQueue)
                .count();
        ObjectNode attributes = Json.object()
                .put("TopicArn", topic.arn())
                .put("Owner", context.accountId())
                .put("DisplayName", "")
                .put("SubscriptionsConfirmed", Long.toString(queues))
                .put("SubscriptionsPending", Long.toString(topic.subscriptions().size() - queues))
                .put("SubscriptionsDeleted", "0");
        topic.attributes().forEach(attributes::put);
        return Json.object().set("Attributes", attributes);
    }

    private JsonNode setAttribute(ObjectNode input, CallContext context) {
        String name = known(Json.required(input, "AttributeName", INVALID));
        topic(input, "TopicArn")
                .attributes()
                .put(name, input.path("AttributeValue").asText(""));
        return Json.object();
    }

    private JsonNode subscribe(ObjectNode input, CallContext context) {
        Topic topic = topic(input, "TopicArn");
        String protocol = Json.required(input, "Protocol", INVALID);
        if (!PROTOCOLS.contains(protocol)) {
            throw AwsError.of(INVALID, "Invalid parameter: Protocol '" + protocol + "'");
        }
        Map<String, String> attributes = new ConcurrentHashMap<>();
        input.path("Attributes")
                .properties()
                .forEach(attribute -> attributes.put(
                        knownOfSubscription(attribute.getKey()),
                        attribute.getValue().asText()));
        String target = Json.required(input, "Endpoint", INVALID);
        Subscription subscription = topic.subscriptions().values().stream()
                .filter(known ->
                        known.protocol().equals(protocol) && known.endpoint().equals(target))
                .findFirst()
                .orElseGet(() -> new Subscription(topic.arn() + ":" + UUID.randomUUID(), protocol, target, attributes));
        topic.subscriptions().put(subscription.arn(), subscription);
        boolean tell =
                subscription.isQueue() || input.path("ReturnSubscriptionArn").asBoolean();
        return Json.object().put("SubscriptionArn", tell ? subscription.arn() : "pending confirmation");
    }

    private JsonNode unsubscribe(ObjectNode input, CallContext context) {
        String arn = Json.required(input, "SubscriptionArn", INVALID);
        topics.values().forEach(topic -> topic.subscriptions().remove(arn));
        return Json.object();
    }

    private JsonNode publish(ObjectNode input, CallContext context) {
        String arn = input.path("TopicArn").asText(input.path("TargetArn").asText(""));
        Topic topic = topic(Json.object().put("TopicArn", arn), "TopicArn");
        Json.required(input, "Message", INVALID);
        return Json.object().put("MessageId", deliver(topic, input));
    }

    private String deliver(Topic topic, ObjectNode message) {
        String id = UUID.randomUUID().toString();
        for (Subscription subscription : topic.subscriptions().values()) {
            if (subscription.isQueue()) {
                send(subscription, envelope(topic, message, id), message);
            }
        }
        return id;
    }

    private void send(Subscription subscription, ObjectNode envelope, ObjectNode message) {
        String arn = subscription.endpoint();
        ObjectNode named = Json.object().put("QueueName", arn.substring(arn.lastIndexOf(':') + 1));
        try {
            ObjectNode input = Json.object()
                    .put(
                            "QueueUrl",
                            calls.call("sqs", "GetQueueUrl", named)
                                    .path("QueueUrl")
                                    .asText())
                    .put(
                            "MessageBody",
                            subscription.raw() ? message.path("Message").asText() : envelope.toString());
            if (subscription.raw() && message.path("MessageAttributes").isObject()) {
                input.set("MessageAttributes", message.get("MessageAttributes"));
            }
            calls.call("sqs", "SendMessage", input);
        } catch (AwsError e) {
            // As in AWS: a subscription whose queue is gone fails by itself, and the publisher isn't told.
            LOG.warn("Nothing delivered to {}: {}", arn, e.message());
        }
    }

    private ObjectNode envelope(Topic topic, ObjectNode message, String id) {
        ObjectNode envelope =
                Json.object().put("Type", "Notification").put("MessageId", id).put("TopicArn", topic.arn());
        if (message.hasNonNull("Subject")) {
            envelope.set("Subject", message.get("Subject"));
        }
        envelope.put("Message", message.path("Message").asText())
                .put("Timestamp", Instant.now().toString());
        for (Map.Entry<String, JsonNode> attribute :
                message.path("MessageAttributes").properties()) {
            envelope.withObjectProperty("MessageAttributes")
                    .putObject(attribute.getKey())
                    .put("Type", attribute.getValue().path("DataType").asText())
                    .put("Value", attribute.getValue().path("StringValue").asText());
        }
        return envelope;
    }

    private JsonNode tags(ObjectNode input, CallContext context) {
        ObjectNode output = Json.object();
        output.putArray("Tags");
        topic(input, "ResourceArn").tags().forEach((key, value) -> output.withArrayProperty("Tags")
                .addObject()
                .put("Key", key)
                .put("Value", value));
        return output;
    }

    private static void tag(Topic topic, ObjectNode input) {
        input.path("Tags").forEach(tag -> topic.tags()
                .put(tag.path("Key").asText(), tag.path("Value").asText()));
    }

    private static ObjectNode describe(Iterable<Topic> topics) {
        ObjectNode output = Json.object();
        output.putArray("Subscriptions");
        for (Topic topic : topics) {
            topic.subscriptions().values().forEach(subscription -> output.withArrayProperty("Subscriptions")
                    .addObject()
                    .put("SubscriptionArn", subscription.isQueue() ? subscription.arn() : "PendingConfirmation")
                    .put("TopicArn", topic.arn())
                    .put("Protocol", subscription.protocol())
                    .put("Endpoint", subscription.endpoint())
                    .put("Owner", topic.arn().split(":", -1)[4]));
        }
        return output;
    }

    private Topic topic(ObjectNode input, String member) {
        Topic topic = topics.get(Json.required(input, member, INVALID));
        if (topic == null) {
            throw AwsError.of(
                    "NotFound", "Topic does not exist: " + input.path(member).asText(), 404);
        }
        return topic;
    }

    private static String known(String attribute) {
        if (!TOPIC_ATTRIBUTES.contains(attribute)) {
            throw AwsError.notSupported("SNS topic attribute " + attribute);
        }
        return attribute;
    }

    private static String knownOfSubscription(String attribute) {
        if (!SUBSCRIPTION_ATTRIBUTES.contains(attribute)) {
            throw AwsError.notSupported("SNS subscription attribute " + attribute);
        }
        return attribute;
    }
}
