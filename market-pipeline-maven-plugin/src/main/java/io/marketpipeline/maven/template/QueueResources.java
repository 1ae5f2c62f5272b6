package io.marketpipeline.maven.template;

import io.marketpipeline.maven.config.PipelineConfig;
import java.time.Duration;
import java.util.List;

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
        String name = config.names().deadLetterQueue();
        Duration retention = Duration.ofDays(config.deadLetters().retentionDays());
        Resource queue = new Resource(
                        LogicalIds.QUEUE,
                        "AWS::SQS::Queue",
                        Properties.of("QueueName", name)
                                .with("MessageRetentionPeriod", Math.toIntExact(retention.toSeconds()))
                                .withIf(!encryption.byCustomerKey(), "SqsManagedSseEnabled", true)
                                .with("KmsMasterKeyId", encryption.keyArn())
                                .with("Tags", tags.named(name)))
                .retained(false);
        return encryption.byCustomerKey()
                ? queue
                : queue.skipping(
                        "CKV_AWS_27",
                        "Encrypted with SQS's own key, which EventBridge can use; AWS's KMS key can't be");
    }

    private Resource policy() {
        List<Intrinsic> rules = config.rules().stream()
                .map(rule -> BusResources.ruleArn(config, rule))
                .toList();
        Intrinsic queueArn = Intrinsic.arn(LogicalIds.QUEUE);
        Properties sending = Policies.allowService(
                        "RulesSendDeadLetters", "events.amazonaws.com", List.of("sqs:SendMessage"), queueArn)
                .with("Condition", Properties.of("ArnEquals", Properties.of("aws:SourceArn", rules)));
        return new Resource(
                LogicalIds.QUEUE_POLICY,
                "AWS::SQS::QueuePolicy",
                Properties.of("Queues", List.of(Intrinsic.ref(LogicalIds.QUEUE)))
                        .with(
                                "PolicyDocument",
                                Policies.document(List.of(sending, Policies.tlsOnly("sqs:*", queueArn)))));
    }
}
