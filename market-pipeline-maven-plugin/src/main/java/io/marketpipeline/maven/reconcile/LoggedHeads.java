package io.marketpipeline.maven.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.marketpipeline.audit.ChainHead;
import io.marketpipeline.schema.ChainLines;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;

/** The heads of audit chains that the function's log has. Thread-safe. */
final class LoggedHeads {
    private static final JsonMapper JSON = new JsonMapper();

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
            response.events().forEach(event -> head(event.message())
                    .ifPresent(head -> take.accept(head, Instant.ofEpochMilli(event.timestamp()))));
            token = response.nextToken();
        } while (token != null && !token.isEmpty());
    }

    /** The head that a line fixes; empty for any other line, which may quote the field's name. */
    static Optional<ChainHead> head(String line) {
        try {
            JsonNode chain = JSON.readTree(line).path(ChainLines.AUDIT_CHAIN);
            if (!chain.isObject()) {
                return Optional.empty();
            }
            List<Long> skipped = new ArrayList<>();
            chain.path(ChainLines.SKIPPED).forEach(number -> skipped.add(number.asLong()));
            return Optional.of(new ChainHead(
                    chain.path(ChainLines.WRITER_ID).asText(),
                    chain.path(ChainLines.NUMBER).asLong(),
                    chain.path(ChainLines.SHA256).asText(),
                    skipped));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
