package io.marketpipeline.maven.story;

import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.dynamodb.JavaValues;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.operate.DeadLetterQueue;
import io.marketpipeline.maven.operate.LetterEvents;
import io.marketpipeline.maven.operate.LetterLook;
import io.marketpipeline.maven.operate.OutputFormat;
import io.marketpipeline.maven.operate.StackCalls;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.MarketDataTable;
import io.marketpipeline.store.AuditEntry;
import io.marketpipeline.store.StoredEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Tells the story of an event: one consistent query for its rows, one for its audit records of each status, and a look at the
 * dead-letter queue. Changes nothing, but that letters count a receive more. For one thread.
 */
public final class EventStories {
    private static final int LETTERS = 1000;

    private final AwsClients clients;
    private final PipelineConfig config;
    private final Console console;
    private final StackCalls calls;

    public EventStories(AwsClients clients, PipelineConfig config, Console console) {
        this.clients = clients;
        this.config = config;
        this.console = console;
        this.calls = new StackCalls(clients, config);
    }

    /**
     * Prints what is known of an event.
     *
     * @param manifests of {@code publish}, to be searched for it
     * @param format {@code JSON} for one object, else text
     */
    public void print(String eventId, List<Path> manifests, OutputFormat format)
            throws IOException, InterruptedException {
        EventStory story = read(eventId, manifests);
        if (format == OutputFormat.JSON) {
            console.result(StoryJson.of(story));
        } else {
            StoryText.of(story).forEach(console::result);
        }
    }

    private EventStory read(String eventId, List<Path> manifests) throws IOException, InterruptedException {
        List<StoredEvent> rows = calls.during(
                "query the market data",
                () -> items(config.names().marketDataTable(), MarketDataTable.EVENT_ID, eventId).stream()
                        .map(StoredEvent::new)
                        .toList());
        List<Attempt> attempts = calls.during("query the audit trail", () -> attempts(eventId));
        List<WaitingLetter> letters = new ArrayList<>();
        QueueLook look = look(eventId, letters);
        Gathering gathering = new Gathering(rows, attempts, letters);
        List<Published> published = ManifestSearch.of(manifests, eventId, gathering.hashes());
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new EventStory(
                config.environment(), eventId, now, gathering.versions(published, config.ttl(), now), look);
    }

    private List<Attempt> attempts(String eventId) {
        List<Attempt> attempts = new ArrayList<>();
        for (AuditStatus status : AuditStatus.values()) {
            items(config.names().auditTrailTable(), AuditTrailTable.AUDIT_ID, status.auditId(eventId))
                    .forEach(item -> attempts.add(Attempt.of(new AuditEntry(item))));
        }
        return attempts;
    }

    /** All items of a partition, the expired among them: they tell where a row is. */
    private List<Map<String, Object>> items(String table, String keyAttribute, String key) {
        return clients
                .dynamoDb()
                .queryPaginator(request -> request.tableName(table)
                        .consistentRead(true)
                        .keyConditionExpression("#key = :key")
                        .expressionAttributeNames(Map.of("#key", keyAttribute))
                        .expressionAttributeValues(Map.of(":key", AttributeValue.fromS(key))))
                .items()
                .stream()
                .map(JavaValues::of)
                .toList();
    }

    /** Whoever may only read tables gets the rest of the story. */
    private QueueLook look(String eventId, List<WaitingLetter> found) {
        try {
            String url = clients.sqs()
                    .getQueueUrl(request -> request.queueName(config.names().deadLetterQueue()))
                    .queueUrl();
            LetterEvents reader = new LetterEvents(config);
            LetterLook look = new DeadLetterQueue(clients.sqs(), url).browse(LETTERS, letter -> {
                letter.damage().ifPresent(console::warn);
                List<LetterEvents.Identified> events = reader.of(letter);
                events.stream()
                        .filter(event -> event.eventId().equals(eventId))
                        .forEach(event -> found.add(new WaitingLetter(letter, event, events.size() - 1)));
            });
            found.sort(Comparator.comparing(waiting -> waiting.letter().firstSeen()));
            return new QueueLook(look.seen(), look.whole(), Optional.empty());
        } catch (SdkException e) {
            return new QueueLook(0, false, Optional.of(String.valueOf(e.getMessage())));
        }
    }
}
