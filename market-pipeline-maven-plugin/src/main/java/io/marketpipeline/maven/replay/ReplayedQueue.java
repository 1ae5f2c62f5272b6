package io.marketpipeline.maven.replay;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * A rule of the bus that takes the events of one replay, and nothing else but our own probes, into a queue; both have the
 * replay's name. The rule is made first and deleted last, so that whoever finds the rule finds the queue. Immutable.
 */
final class ReplayedQueue {
    /** Source of events by which we see that the rule works. No rule of a pipeline has it. */
    static final String PROBES = "market-pipeline.probe";

    private static final String TARGET = "queue";
    private static final String DAY_SECONDS = "86400";
    private static final String HIDDEN_SECONDS = "60";

    private final EventBridgeClient events;
    private final SqsClient sqs;
    private final String bus;
    private final String name;

    ReplayedQueue(EventBridgeClient events, SqsClient sqs, String bus, String name) {
        this.events = events;
        this.sqs = sqs;
        this.bus = bus;
        this.name = name;
    }

    /** Where the replay's events come. */
    record Made(String ruleArn, String queueUrl) {}

    Made make() {
        String ruleArn = events.putRule(request -> request.name(name)
                        .eventBusName(bus)
                        .description("Made by market-pipeline:reconcile for a while; it takes only what replay " + name
                                + " sends")
                        .eventPattern(pattern()))
                .ruleArn();
        String queueArn = queueArn(ruleArn);
        String url = sqs.createQueue(request -> request.queueName(name)
                        .attributes(Map.of(
                                QueueAttributeName.MESSAGE_RETENTION_PERIOD,
                                DAY_SECONDS,
                                QueueAttributeName.VISIBILITY_TIMEOUT,
                                HIDDEN_SECONDS,
                                QueueAttributeName.SQS_MANAGED_SSE_ENABLED,
                                "true",
                                QueueAttributeName.POLICY,
                                policy(queueArn, ruleArn))))
                .queueUrl();
        events.putTargets(request -> request.rule(name)
                .eventBusName(bus)
                .targets(Target.builder().id(TARGET).arn(queueArn).build()));
        return new Made(ruleArn, url);
    }

    /** Deletes what is there of both. */
    void remove() {
        try {
            events.removeTargets(request -> request.rule(name).eventBusName(bus).ids(TARGET));
        } catch (ResourceNotFoundException e) {
            // The rule was never made, or is gone already.
        }
        try {
            String url = sqs.getQueueUrl(request -> request.queueName(name)).queueUrl();
            sqs.deleteQueue(request -> request.queueUrl(url));
        } catch (QueueDoesNotExistException e) {
            // As above.
        }
        events.deleteRule(request -> request.name(name).eventBusName(bus));
    }

    private String pattern() {
        ObjectNode pattern = new JsonMapper().createObjectNode();
        var either = pattern.putArray("$or");
        either.addObject().putArray("replay-name").add(name);
        ObjectNode probe = either.addObject();
        probe.putArray("source").add(PROBES);
        probe.putArray("detail-type").add(name);
        return pattern.toString();
    }

    private static String policy(String queueArn, String ruleArn) {
        ObjectNode policy = new JsonMapper().createObjectNode().put("Version", "2012-10-17");
        ObjectNode rule = policy.putArray("Statement")
                .addObject()
                .put("Effect", "Allow")
                .put("Action", "sqs:SendMessage")
                .put("Resource", queueArn);
        rule.putObject("Principal").put("Service", "events.amazonaws.com");
        rule.putObject("Condition").putObject("ArnEquals").put("aws:SourceArn", ruleArn);
        ObjectNode tls = policy.withArray("/Statement")
                .addObject()
                .put("Effect", "Deny")
                .put("Principal", "*")
                .put("Action", "sqs:*")
                .put("Resource", queueArn);
        tls.putObject("Condition").putObject("Bool").put("aws:SecureTransport", "false");
        return policy.toString();
    }

    /** {@code arn:PARTITION:sqs:REGION:ACCOUNT:NAME}, from the rule's ARN. */
    private String queueArn(String ruleArn) {
        String[] parts = ruleArn.split(":", -1);
        return String.join(":", parts[0], parts[1], "sqs", parts[3], parts[4], name);
    }
}
