package io.marketpipeline.local.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.background.BackgroundWork;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.EndpointSettings;
import io.marketpipeline.local.gateway.MessageText;
import io.marketpipeline.local.gateway.ServiceCalls;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hands events to targets, tries again what may succeed later, and sends what never will to the target's dead-letter queue.
 * EventBridge documents exponential back-off with jitter but no numbers; here the delays double from 1 second to 8 minutes,
 * with which 185 tries fill the default 24 hours. They are multiplied by the delay factor, while ages count them in full.
 * Thread-safe.
 */
final class Delivery implements AutoCloseable {
    private static final long LONGEST_DELAY_SECONDS = 480;
    private static final int MOST_CACHED_POLICIES = 1000;

    private final EndpointSettings settings;
    private final ServiceCalls calls;
    private final EventMetrics metrics;
    private final BackgroundWork work = new BackgroundWork("events-delivery", 4);
    private final Map<String, ResourcePolicy> policies = new ConcurrentHashMap<>();

    Delivery(EndpointSettings settings, ServiceCalls calls, EventMetrics metrics) {
        this.settings = settings;
        this.calls = calls;
        this.metrics = metrics;
    }

    private record Job(
            EventBus bus, Rule rule, Target target, BusEvent event, int retries, long ageNanos, long sinceNanos) {
        Duration age() {
            return Duration.ofNanos(ageNanos + System.nanoTime() - sinceNanos);
        }
    }

    /** Hands an event to a target, on the caller's thread if that costs next to nothing. */
    void deliver(EventBus bus, Rule rule, Target target, BusEvent event) {
        Job job = new Job(bus, rule, target, event, 0, 0, System.nanoTime());
        if (target.service().equals("lambda")) {
            attempt(job);
        } else {
            work.execute(() -> attempt(job));
        }
    }

    @Override
    public void close() {
        work.close();
    }

    private void attempt(Job job) {
        metrics.count(job.retries() == 0 ? "InvocationAttempts" : "RetryInvocationAttempts", job.bus(), job.rule());
        DeliveryFailure failure;
        try {
            failure = send(job);
        } catch (AwsError e) {
            failure = DeliveryFailure.of(e);
        } catch (RuntimeException e) {
            failure = DeliveryFailure.internal(e.toString());
        }
        if (failure == null) {
            metrics.count("Invocations", job.bus(), job.rule());
            metrics.count("SuccessfulInvocationAttempts", job.bus(), job.rule());
        } else {
            failed(job, failure);
        }
    }

    private @Nullable DeliveryFailure send(Job job) {
        Target target = job.target();
        String input = TargetInput.of(target, job.rule(), job.event());
        return switch (target.service()) {
            case "lambda" -> toFunction(job, input);
            case "sqs" -> toQueue(job, input);
            default ->
                new DeliveryFailure(
                        "INVALID_PARAMETER",
                        "Target " + target.arn() + " is not supported by the local endpoint",
                        false);
        };
    }

    private @Nullable DeliveryFailure toFunction(Job job, String input) {
        String arn = job.target().arn();
        ObjectNode named = JsonNodeFactory.instance.objectNode().put("FunctionName", arn);
        if (!allows(functionPolicy(named), "lambda:InvokeFunction", job.rule())) {
            return DeliveryFailure.noPermissions("lambda:InvokeFunction", arn);
        }
        ObjectNode invoke = JsonNodeFactory.instance.objectNode();
        invoke.put("FunctionName", arn).put("InvocationType", "Event");
        invoke.put("Payload", input.getBytes(StandardCharsets.UTF_8));
        calls.call("lambda", "Invoke", invoke);
        return null;
    }

    private String functionPolicy(ObjectNode named) {
        try {
            return calls.call("lambda", "GetPolicy", named).path("Policy").asText();
        } catch (AwsError e) {
            if (e.httpStatus() == 404) {
                // No policy, or no function: asking for the function tells which, with AWS's own message.
                calls.call("lambda", "GetFunctionConfiguration", named);
                return "";
            }
            throw e;
        }
    }

    private @Nullable DeliveryFailure toQueue(Job job, String input) {
        String arn = job.target().arn();
        String url = queueUrl(arn);
        if (!allows(queuePolicy(url), "sqs:SendMessage", job.rule())) {
            return DeliveryFailure.noPermissions("sqs:SendMessage", arn);
        }
        ObjectNode message =
                JsonNodeFactory.instance.objectNode().put("QueueUrl", url).put("MessageBody", input);
        JsonNode group = job.target().json().path("SqsParameters").path("MessageGroupId");
        if (group.isTextual()) {
            message.set("MessageGroupId", group);
        }
        calls.call("sqs", "SendMessage", message);
        return null;
    }

    private void failed(Job job, DeliveryFailure failure) {
        Target target = job.target();
        if (!failure.retried()) {
            giveUp(job, failure, "");
        } else if (job.retries() >= target.maximumRetries()) {
            giveUp(job, failure, "MaximumRetryAttempts");
        } else {
            Duration delay = delay(job.retries());
            Duration age = job.age().plus(delay);
            if (age.toSeconds() >= target.maximumAgeSeconds()) {
                giveUp(job, failure, "MaximumEventAgeInSeconds");
                return;
            }
            Duration scaled = settings.scaled(delay);
            long skipped = delay.minus(scaled).toNanos();
            Job next = new Job(
                    job.bus(),
                    job.rule(),
                    target,
                    job.event(),
                    job.retries() + 1,
                    job.ageNanos() + skipped,
                    job.sinceNanos());
            work.after(scaled, () -> attempt(next));
        }
    }

    private static Duration delay(int retries) {
        long seconds = Math.min(LONGEST_DELAY_SECONDS, 1L << Math.min(20, retries));
        double jittered = seconds * ThreadLocalRandom.current().nextDouble(0.8, 1.0);
        return Duration.ofNanos((long) (jittered * TimeUnit.SECONDS.toNanos(1)));
    }

    private void giveUp(Job job, DeliveryFailure failure, String exhausted) {
        metrics.count("FailedInvocations", job.bus(), job.rule());
        if (!job.target().deadLetterArn().isEmpty()) {
            work.execute(() -> deadLetter(job, failure, exhausted));
        }
    }

    private void deadLetter(Job job, DeliveryFailure failure, String exhausted) {
        try {
            String url = queueUrl(job.target().deadLetterArn());
            if (allows(queuePolicy(url), "sqs:SendMessage", job.rule())) {
                ObjectNode message = JsonNodeFactory.instance.objectNode();
                message.put("QueueUrl", url).put("MessageBody", job.event().envelope());
                message.set("MessageAttributes", attributes(job, failure, exhausted));
                calls.call("sqs", "SendMessage", message);
                metrics.count("InvocationsSentToDlq", job.bus(), job.rule());
                return;
            }
        } catch (AwsError e) {
            // Counted below; EventBridge tells nobody else either.
        }
        metrics.count("InvocationsFailedToBeSentToDlq", job.bus(), job.rule());
    }

    private static ObjectNode attributes(Job job, DeliveryFailure failure, String exhausted) {
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        attribute(attributes, "RULE_ARN", job.rule().arn());
        attribute(attributes, "TARGET_ARN", job.target().arn());
        attribute(attributes, "ERROR_CODE", failure.code());
        attribute(attributes, "ERROR_MESSAGE", failure.message());
        attribute(attributes, "EXHAUSTED_RETRY_CONDITION", exhausted);
        attribute(attributes, "RETRY_ATTEMPTS", Integer.toString(job.retries()));
        return attributes;
    }

    private static void attribute(ObjectNode attributes, String name, String value) {
        if (!value.isEmpty()) {
            attributes.putObject(name).put("DataType", "String").put("StringValue", MessageText.permitted(value));
        }
    }

    private boolean allows(String policy, String action, Rule rule) {
        if (policies.size() > MOST_CACHED_POLICIES) {
            policies.clear();
        }
        return policies.computeIfAbsent(policy, ResourcePolicy::of).allows(action, rule.arn(), settings.accountId());
    }

    private String queueUrl(String arn) {
        String name = arn.substring(arn.lastIndexOf(':') + 1);
        ObjectNode input = JsonNodeFactory.instance.objectNode().put("QueueName", name);
        return calls.call("sqs", "GetQueueUrl", input).path("QueueUrl").asText();
    }

    private String queuePolicy(String url) {
        ObjectNode input = JsonNodeFactory.instance.objectNode().put("QueueUrl", url);
        input.putArray("AttributeNames").add("Policy");
        return calls.call("sqs", "GetQueueAttributes", input)
                .path("Attributes")
                .path("Policy")
                .asText();
    }
}
