package io.marketpipeline.maven.reconcile;

import io.marketpipeline.audit.ChainHead;
import io.marketpipeline.maven.operate.HeadLine;
import io.marketpipeline.schema.ChainLines;
import java.time.Instant;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;

/** The heads of audit chains that the function's log has. Thread-safe. */
final class LoggedHeads {
    private final CloudWatchLogsClient client;
    private final String group;

    LoggedHeads(CloudWatchLogsClient client, String group) {
        this.client = client;
        this.group = group;
    }

    /** Hands each head on, with the time at which it was logged. */
    void each(BiConsumer<ChainHead, Instant> take) {
        String token = null;
        do {
            String page = token;
            FilterLogEventsResponse response = client.filterLogEvents(request -> request.logGroupName(group)
                    .filterPattern('"' + ChainLines.AUDIT_CHAIN + '"')
                    .nextToken(page));
            response.events().forEach(event -> HeadLine.read(event.message())
                    .ifPresent(head -> take.accept(head, Instant.ofEpochMilli(event.timestamp()))));
            token = response.nextToken();
        } while (token != null && !token.isEmpty());
    }
}
