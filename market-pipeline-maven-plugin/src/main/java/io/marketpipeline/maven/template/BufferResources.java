package io.marketpipeline.maven.template;

import io.marketpipeline.maven.config.DeliveryConfig;
import io.marketpipeline.maven.config.PipelineConfig;
import java.time.Duration;
import java.util.List;

/** The queue between rules and function, who may send to it, and what hands its messages to the function. */
final class BufferResources {
    /** SQS's longest (Amazon SQS API reference, SetQueueAttributes): a message that nobody takes is lost only then. */
    private static final Duration RETENTION = Duration.ofDays(14);

    private final PipelineConfig config;
    private final DeliveryConfig delivery;
    private final Encryption encryption;
    private final Tags tags;

    BufferResources(PipelineConfig config, Encryption encryption, Tags tags) {
        this.config = config;
        this.delivery = config.delivery();
        this.encryption = encryption;
        this.tags = tags;
    }

    List<Resource> resources() {
        return delivery.hasQueue() ? List.of(queue(), policy(), mapping()) : List.of();
    }

    private Resource queue() {
        Properties redrive = Properties.of("deadLetterTargetArn", Intrinsic.arn(LogicalIds.QUEUE))
                .with("maxReceiveCount", config.retry().receives());
        return QueueResources.queue(
                LogicalIds.BUFFER, config.names().eventQueue(), encryption, tags, queue -> queue.with(
                                "MessageRetentionPeriod", Math.toIntExact(RETENTION.toSeconds()))
                        .with("VisibilityTimeout", Math.toIntExact(visibility().toSeconds()))
                        .with("RedrivePolicy", redrive));
    }

    /**
     * At least six times the function's timeout, and the window besides (Lambda developer guide, "Creating and configuring
     * an Amazon SQS event source mapping"), so that nothing is handed out twice while it is still in work.
     */
    private Duration visibility() {
        return config.function().timeout().multipliedBy(6).plus(delivery.window());
    }

    private Resource policy() {
        return QueueResources.policy(config, LogicalIds.BUFFER_POLICY, "RulesSendEvents", LogicalIds.BUFFER);
    }

    private Resource mapping() {
        return new Resource(
                LogicalIds.MAPPING,
                "AWS::Lambda::EventSourceMapping",
                // Named although it is the default: drift tells of what the template names only, and a mapping that
                // somebody disabled lets the queue grow.
                Properties.of("EventSourceArn", Intrinsic.arn(LogicalIds.BUFFER))
                        .with("FunctionName", Intrinsic.ref(LogicalIds.ALIAS))
                        .with("Enabled", true)
                        .with("BatchSize", delivery.batchSize())
                        .with(
                                "MaximumBatchingWindowInSeconds",
                                Math.toIntExact(delivery.window().toSeconds()))
                        .with("FunctionResponseTypes", List.of("ReportBatchItemFailures"))
                        .with("ScalingConfig", Properties.of("MaximumConcurrency", delivery.concurrency())));
    }
}
