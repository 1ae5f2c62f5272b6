package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.aws.QueueDepth;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/** Counts the messages of queues. Who may not look is told of the loss all the same, if not of its size. */
record QueuedMessages(AwsClients clients) implements Holdings {
    @Override
    public Optional<String> of(Change change) {
        if (!change.type().equals("AWS::SQS::Queue") || change.physicalId().isEmpty()) {
            return Optional.empty();
        }
        try {
            QueueDepth depth = QueueDepth.of(clients.sqs(), change.physicalId());
            return Optional.of((depth.isEmpty() ? "none" : Long.toString(depth.total())) + " at the moment");
        } catch (SdkException e) {
            return Optional.empty();
        }
    }
}
