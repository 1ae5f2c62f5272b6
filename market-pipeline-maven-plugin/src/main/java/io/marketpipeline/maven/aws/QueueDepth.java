package io.marketpipeline.maven.aws;

import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * How many messages a queue says it has. It knows only about.
 *
 * @param waiting to be received
 * @param held by somebody who received them and may delete them yet
 */
public record QueueDepth(long waiting, long held) {
    /** Asks the queue. */
    public static QueueDepth of(SqsClient client, String url) {
        Map<QueueAttributeName, String> counts = client.getQueueAttributes(request -> request.queueUrl(url)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes();
        return new QueueDepth(
                count(counts, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
                count(counts, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
    }

    private static long count(Map<QueueAttributeName, String> counts, QueueAttributeName name) {
        return Long.parseLong(counts.getOrDefault(name, "0"));
    }

    /** Those that wait and those that are held. */
    public long total() {
        return waiting + held;
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return total() == 0;
    }
}
