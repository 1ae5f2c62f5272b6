package com.example.tape;

import io.marketpipeline.dynamodb.DynamoDbAuditTrailReader;
import io.marketpipeline.dynamodb.DynamoDbMarketDataReader;
import io.marketpipeline.publish.MarketEventPublisher;
import io.marketpipeline.publish.OutgoingEvent;
import io.marketpipeline.publish.PublishResult;
import io.marketpipeline.schema.StackOutputs;
import io.marketpipeline.store.AuditEntry;
import io.marketpipeline.store.AuditTrailQuery;
import io.marketpipeline.store.AuditTrailReader;
import io.marketpipeline.store.MarketDataQuery;
import io.marketpipeline.store.MarketDataReader;
import io.marketpipeline.store.Page;
import io.marketpipeline.store.PageRequest;
import io.marketpipeline.store.StoredEvent;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** The deployed pipeline as a client sees it: goals {@code start} and {@code deploy-only} wrote where it is. */
final class Pipeline implements AutoCloseable {
    private static final Path FILES = Path.of("target", "market-pipeline");

    private final Properties outputs = load(FILES.resolve("outputs-local.properties"));
    private final URI endpoint = URI.create(load(FILES.resolve("local.properties")).getProperty("endpoint"));
    private final EventBridgeClient events = client(EventBridgeClient.builder());
    private final DynamoDbClient tables = client(DynamoDbClient.builder());
    private final SqsClient queues = client(SqsClient.builder());
    private final MarketDataReader marketData =
            new DynamoDbMarketDataReader(tables, output(StackOutputs.MARKET_DATA_TABLE_NAME));
    private final AuditTrailReader auditTrail =
            new DynamoDbAuditTrailReader(tables, output(StackOutputs.AUDIT_TRAIL_TABLE_NAME));

    /** Sends events and returns what the bus didn't take. */
    List<PublishResult> publish(List<OutgoingEvent> batch) throws InterruptedException {
        List<PublishResult> refused = new CopyOnWriteArrayList<>();
        try (MarketEventPublisher publisher = MarketEventPublisher.builder(events, output(StackOutputs.EVENT_BUS_NAME))
                .onResults(results -> results.stream()
                        .filter(result -> !(result instanceof PublishResult.Accepted))
                        .forEach(refused::add))
                .build()) {
            for (OutgoingEvent event : batch) {
                publisher.publish(event);
            }
        }
        return refused;
    }

    List<StoredEvent> rowsOf(String symbol) {
        return all(page -> marketData.read(MarketDataQuery.bySymbol(symbol), page));
    }

    List<StoredEvent> rows(String eventId) {
        return all(page -> marketData.read(MarketDataQuery.byEventId(eventId), page));
    }

    List<AuditEntry> audit(String eventId) {
        return all(page -> auditTrail.read(AuditTrailQuery.byEventId(eventId), page));
    }

    /** The dead letter that holds a text, looked at without taking it. */
    List<Message> deadLetters(String text) {
        return queues
                .receiveMessage(request -> request.queueUrl(output(StackOutputs.DEAD_LETTER_QUEUE_URL))
                        .maxNumberOfMessages(10)
                        .messageAttributeNames("All")
                        .visibilityTimeout(0))
                .messages()
                .stream()
                .filter(message -> message.body().contains(text))
                .toList();
    }

    URI endpoint() {
        return endpoint;
    }

    DynamoDbClient tables() {
        return tables;
    }

    String output(String key) {
        return outputs.getProperty(key);
    }

    @Override
    public void close() {
        events.close();
        tables.close();
        queues.close();
    }

    private static <T> List<T> all(Function<PageRequest, Page<T>> read) {
        List<T> items = new ArrayList<>();
        PageRequest request = PageRequest.builder().limit(1_000).build();
        Page<T> page = read.apply(request);
        items.addAll(page.items());
        while (page.next().isPresent()) {
            page = read.apply(request.after(page.next().get()));
            items.addAll(page.items());
        }
        return items;
    }

    private <C, B extends AwsClientBuilder<B, C>> C client(B builder) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build();
    }

    private static Properties load(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new IllegalStateException("start and deploy-only must run before this test", e);
        }
        return properties;
    }
}
