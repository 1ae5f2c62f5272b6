package io.marketpipeline.local.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** SQS's queues, SNS's topics, and their policies. */
final class MessagingResources {
    /** What a queue has where its template says nothing, as the SQS API documents. */
    private static final Map<String, String> QUEUE_DEFAULTS = Map.ofEntries(
            Map.entry("DelaySeconds", "0"),
            Map.entry("MaximumMessageSize", "1048576"),
            Map.entry("MessageRetentionPeriod", "345600"),
            Map.entry("ReceiveMessageWaitTimeSeconds", "0"),
            Map.entry("VisibilityTimeout", "30"),
            Map.entry("KmsMasterKeyId", ""),
            Map.entry("KmsDataKeyReusePeriodSeconds", "300"),
            Map.entry("SqsManagedSseEnabled", "true"),
            Map.entry("RedrivePolicy", ""),
            Map.entry("RedriveAllowPolicy", ""),
            Map.entry("ContentBasedDeduplication", "false"));

    private static final List<String> TOPIC =
            List.of("DisplayName", "KmsMasterKeyId", "SignatureVersion", "TracingConfig");

    private MessagingResources() {}

    static List<ResourceDefinition> all() {
        return List.of(queue(), queuePolicy(), topic(), topicPolicy());
    }

    private static ResourceDefinition queue() {
        return ResourceDefinition.of("AWS::SQS::Queue", "sqs")
                .identify((calls, properties) -> ResourceDefinition.text(properties, "QueueName")
                        .flatMap(name -> calls.find("GetQueueUrl", Input.empty().put("QueueName", name)))
                        .map(answer -> answer.path("QueueUrl").asText()))
                .create((calls, properties) -> calls.call(
                                "CreateQueue",
                                Input.of(properties)
                                        .copy("QueueName")
                                        .put("Attributes", queueAttributes(properties))
                                        .tagMap("tags"))
                        .path("QueueUrl")
                        .asText())
                .update(QUEUE_DEFAULTS.keySet(), (calls, before, after) -> {
                    ObjectNode attributes = queueAttributes(after);
                    QUEUE_DEFAULTS.forEach((name, value) -> {
                        if (before.has(name) && !attributes.has(name)) {
                            attributes.put(name, value);
                        }
                    });
                    calls.call("SetQueueAttributes", queueUrl(calls).put("Attributes", attributes));
                })
                .update(
                        Set.of(Tags.PROPERTY),
                        Tags.map("TagQueue", "UntagQueue", Tags.PROPERTY, MessagingResources::queueUrl))
                .delete((calls, properties) -> calls.remove("DeleteQueue", queueUrl(calls)))
                .read((calls, properties) ->
                        calls.find("GetQueueAttributes", queueUrl(calls).put("AttributeNames", Input.list("All"))))
                .attributes((calls, properties) -> Map.of(
                        "Arn",
                        calls.arn(queueName(calls)),
                        "QueueName",
                        queueName(calls),
                        "QueueUrl",
                        calls.physicalId()))
                .live((calls, properties, answer) -> Optional.of(liveQueue(calls, answer.path("Attributes"))))
                .build();
    }

    private static ObjectNode queueAttributes(ObjectNode properties) {
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        Set<String> names = new HashSet<>(QUEUE_DEFAULTS.keySet());
        names.add("FifoQueue");
        names.stream()
                .sorted()
                .filter(properties::has)
                .forEach(name -> attributes.put(name, text(properties.get(name))));
        return attributes;
    }

    private static ObjectNode liveQueue(ResourceCalls calls, JsonNode attributes) {
        return Input.of((ObjectNode) attributes)
                .copy(QUEUE_DEFAULTS.keySet().toArray(String[]::new))
                .copy("FifoQueue")
                .parsed("RedrivePolicy", "RedrivePolicy")
                .parsed("RedriveAllowPolicy", "RedriveAllowPolicy")
                .put("QueueName", queueName(calls))
                .put(
                        Tags.PROPERTY,
                        Tags.listed(calls.call("ListQueueTags", queueUrl(calls)).path(Tags.PROPERTY)))
                .build();
    }

    private static Input queueUrl(ResourceCalls calls) {
        return Input.empty().put("QueueUrl", calls.physicalId());
    }

    private static String queueName(ResourceCalls calls) {
        return calls.physicalId().substring(calls.physicalId().lastIndexOf('/') + 1);
    }

    private static ResourceDefinition queuePolicy() {
        return ResourceDefinition.of("AWS::SQS::QueuePolicy", "sqs")
                .settingOfSeveralCalls(Set.of("PolicyDocument", "Queues"), (calls, before, after) -> {
                    policies(before, "Queues").stream()
                            .filter(url -> !policies(after, "Queues").contains(url))
                            .forEach(url -> setQueuePolicy(calls, url, ""));
                    policies(after, "Queues")
                            .forEach(url -> setQueuePolicy(calls, url, text(after.path("PolicyDocument"))));
                })
                .delete((calls, properties) ->
                        policies(properties, "Queues").forEach(url -> setQueuePolicy(calls, url, "")))
                .read((calls, properties) -> Optional.of(properties))
                .attributes((calls, properties) -> Map.of("Id", calls.physicalId()))
                .live((calls, properties, same) -> Optional.of(livePolicy(properties, "Queues", url -> calls.find(
                                "GetQueueAttributes",
                                Input.empty().put("QueueUrl", url).put("AttributeNames", Input.list("All")))
                        .map(answer -> answer.path("Attributes").path("Policy")))))
                .build();
    }

    /** A policy as the first of its queues or topics has it; without a document if that has none. */
    private static ObjectNode livePolicy(
            ObjectNode properties, String list, Function<String, Optional<JsonNode>> policyOf) {
        ObjectNode live = JsonNodeFactory.instance.objectNode();
        live.set(list, properties.path(list));
        policyOf.apply(properties.path(list).path(0).asText())
                .map(JsonNode::asText)
                .filter(policy -> !policy.isEmpty())
                .ifPresent(policy -> live.set("PolicyDocument", ResourceCalls.parsed(policy)));
        return live;
    }

    private static void setQueuePolicy(ResourceCalls calls, String url, String policy) {
        Input input = Input.empty()
                .put("QueueUrl", url)
                .put("Attributes", JsonNodeFactory.instance.objectNode().put("Policy", policy));
        if (policy.isEmpty()) {
            calls.remove("SetQueueAttributes", input);
        } else {
            calls.call("SetQueueAttributes", input);
        }
    }

    private static ResourceDefinition topic() {
        return ResourceDefinition.of("AWS::SNS::Topic", "sns")
                .identify((calls, properties) ->
                        ResourceDefinition.text(properties, "TopicName").map(calls::arn))
                .create((calls, properties) -> calls.call(
                                "CreateTopic",
                                Input.of(properties)
                                        .rename("TopicName", "Name")
                                        .put("Attributes", topicAttributes(properties))
                                        .tags(Tags.PROPERTY))
                        .path("TopicArn")
                        .asText())
                .update(
                        Set.copyOf(TOPIC),
                        (calls, before, after) -> TOPIC.forEach(name -> {
                            if (!before.path(name).equals(after.path(name))) {
                                setTopic(calls, calls.physicalId(), name, text(after.path(name)));
                            }
                        }))
                .setting(Set.of("Subscription"), (calls, before, after) -> after.path("Subscription")
                        .forEach(subscription -> calls.call(
                                "Subscribe",
                                Input.of((ObjectNode) subscription)
                                        .copy("Protocol", "Endpoint")
                                        .put("TopicArn", calls.physicalId()))))
                .update(Set.of(Tags.PROPERTY), Tags.list("TagResource", "UntagResource", calls -> Input.empty()
                        .put("ResourceArn", calls.physicalId())))
                .delete((calls, properties) ->
                        calls.remove("DeleteTopic", Input.empty().put("TopicArn", calls.physicalId())))
                .read((calls, properties) ->
                        calls.find("GetTopicAttributes", Input.empty().put("TopicArn", calls.physicalId())))
                .attributes((calls, properties) -> Map.of(
                        "TopicArn",
                        calls.physicalId(),
                        "TopicName",
                        calls.physicalId().substring(calls.physicalId().lastIndexOf(':') + 1)))
                .live((calls, properties, answer) -> Optional.of(Input.of((ObjectNode) answer.path("Attributes"))
                        .copy(TOPIC.toArray(String[]::new))
                        .put(
                                "TopicName",
                                calls.physicalId().substring(calls.physicalId().lastIndexOf(':') + 1))
                        .put(
                                Tags.PROPERTY,
                                calls.call("ListTagsForResource", Input.empty().put("ResourceArn", calls.physicalId()))
                                        .path(Tags.PROPERTY))
                        .build()))
                .writeOnly("Subscription")
                .build();
    }

    private static ObjectNode topicAttributes(ObjectNode properties) {
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        for (String name : TOPIC) {
            if (properties.has(name)) {
                attributes.put(name, text(properties.get(name)));
            }
        }
        if (properties.has("FifoTopic")) {
            attributes.put("FifoTopic", text(properties.get("FifoTopic")));
        }
        return attributes;
    }

    private static ResourceDefinition topicPolicy() {
        return ResourceDefinition.of("AWS::SNS::TopicPolicy", "sns")
                .settingOfSeveralCalls(
                        Set.of("PolicyDocument", "Topics"), (calls, before, after) -> policies(after, "Topics")
                                .forEach(arn -> setTopic(calls, arn, "Policy", text(after.path("PolicyDocument")))))
                .delete((calls, properties) -> policies(properties, "Topics")
                        .forEach(arn -> calls.remove("SetTopicAttributes", topicAttribute(arn, "Policy", ""))))
                .read((calls, properties) -> Optional.of(properties))
                .attributes((calls, properties) -> Map.of("Id", calls.physicalId()))
                .live((calls, properties, same) -> Optional.of(livePolicy(properties, "Topics", arn -> calls.find(
                                "GetTopicAttributes", Input.empty().put("TopicArn", arn))
                        .map(answer -> answer.path("Attributes").path("Policy")))))
                .build();
    }

    private static void setTopic(ResourceCalls calls, String arn, String name, String value) {
        calls.call("SetTopicAttributes", topicAttribute(arn, name, value));
    }

    private static Input topicAttribute(String arn, String name, String value) {
        return Input.empty().put("TopicArn", arn).put("AttributeName", name).put("AttributeValue", value);
    }

    private static Set<String> policies(ObjectNode properties, String list) {
        Set<String> targets = new HashSet<>();
        properties.path(list).forEach(target -> targets.add(target.asText()));
        return targets;
    }

    private static String text(JsonNode value) {
        return value.isContainerNode() ? value.toString() : value.asText("");
    }
}
