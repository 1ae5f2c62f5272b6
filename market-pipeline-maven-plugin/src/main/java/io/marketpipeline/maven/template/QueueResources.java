package io.marketpipeline.maven.template;

import io.marketpipeline.maven.config.PipelineConfig;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** The dead-letter queue and who may send to it. */
final class QueueResources {
    private final PipelineConfig config;
    private final Encryption encryption;
    private final Tags tags;

    QueueResources(PipelineConfig config, Encryption encryption, Tags tags) {
        this.config = config;
        this.encryption = encryption;
        this.tags = tags;
    }

    List<Resource> resources() {
        return List.of(queue(), policy());
    }

    private Resource queue() {
        Duration retention = Duration.ofDays(config.deadLetters().retentionDays());
        return queue(
                LogicalIds.QUEUE,
                config.names().deadLetterQueue(),
                encryption,
                tags,
                queue -> queue.with("MessageRetentionPeriod", Math.toIntExact(retention.toSeconds())));
    }

    /** A queue with what both have; {@code own} adds its own properties. */
    static Resource queue(
            String logicalId, String name, Encryption encryption, Tags tags, UnaryOperator<Properties> own) {
        Properties properties = own.apply(Properties.of("QueueName", name))
                .withIf(!encryption.byCustomerKey(), "SqsManagedSseEnabled", true)
                .with("KmsMasterKeyId", encryption.keyArn())
                .with("Tags", tags.named(name));
        Resource queue = new Resource(logicalId, "AWS::SQS::Queue", properties).retained(false);
        return encryption.byCustomerKey()
                ? queue
                : queue.skipping(
                        "CKV_AWS_27",
                        "Encrypted with SQS's own key, which EventBridge can use; AWS's KMS key can't be");
    }

    private Resource policy() {
        return policy(config, LogicalIds.QUEUE_POLICY, "RulesSendDeadLetters", LogicalIds.QUEUE);
    }

    /** Lets the pipeline's rules, and nobody else, send to a queue. */
    static Resource policy(PipelineConfig config, String logicalId, String sid, String queue) {
        List<Intrinsic> rules = config.rules().stream()
                .map(rule -> BusResources.ruleArn(config, rule))
                .toList();
        Intrinsic queueArn = Intrinsic.arn(queue);
        Properties sending = Policies.allowService(sid, "events.amazonaws.com", List.of("sqs:SendMessage"), queueArn)
                .with("Condition", Properties.of("ArnEquals", Properties.of("aws:SourceArn", rules)));
        return new Resource(
                logicalId,
                "AWS::SQS::QueuePolicy",
                Properties.of("Queues", List.of(Intrinsic.ref(queue)))
                        .with(
                                "PolicyDocument",
                                Policies.document(List.of(sending, Policies.tlsOnly("sqs:*", queueArn)))));
    }
}
