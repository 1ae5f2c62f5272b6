package io.marketpipeline.maven.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.Element;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.schema.StackNames;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

class ArrivalsTest {
    private static final Instant SENT = Instant.ofEpochMilli(1_000_000);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FakeTables tables = new FakeTables();
    private final FakeLetters letters = new FakeLetters();
    private final Lines lines = new Lines();
    private final List<Runnable> meanwhile = new ArrayList<>();
    private PipelineConfig config = Configurations.minimal();
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void rowsAreFoundAsTheyCome() throws Exception {
        List<Sent> sent = events(250);
        tables.store(sent.subList(0, 120), 40, "");
        meanwhile.add(() -> tables.store(sent.subList(120, 250), 60, ""));

        Arrivals.Result result = arrivals().await(sent, PATIENCE);

        assertThat(result.stored()).hasSize(250);
        assertThat(result.missing()).isEmpty();
        assertThat(result.latencies()).hasSize(250).containsOnly(40L, 60L);
        assertThat(result.lastStored()).isEqualTo(SENT.plusMillis(60));
    }

    @Test
    void rowStoredByAnEarlierRunHasNoLatency() throws Exception {
        tables.store(events(1), -5000, "");

        Arrivals.Result result = arrivals().await(events(1), PATIENCE);

        assertThat(result.stored()).hasSize(1);
        assertThat(result.latencies()).isEmpty();
    }

    /** It counted as stored by an earlier run, where the row was there before the repetition went out. */
    @Test
    void rowOfAnEventThatWasSentTwiceHasTheLatencyOfTheFirst() throws Exception {
        Sent first = events(1).get(0);
        Sent again = new Sent(first.key(), first.symbol(), SENT.plusMillis(90), first.sha256());
        tables.store(List.of(first), 40, "");

        assertThat(arrivals().await(List.of(first, again), PATIENCE).latencies())
                .containsExactly(40L);
        assertThat(arrivals().await(List.of(again, first), PATIENCE).latencies())
                .containsExactly(40L);
    }

    @Test
    void rejectedEventIsADeadLetter() throws Exception {
        tables.reject(events(1).get(0));

        Arrivals.Result result = arrivals().await(events(1), PATIENCE);

        assertThat(result.dead()).containsExactly(events(1).get(0).key());
        assertThat(result.missing()).isEmpty();
    }

    @Test
    void eventInTheQueueIsADeadLetter() throws Exception {
        letters.bodies.add("{\"detail\":{\"event_id\":\"id-0\"}}");

        assertThat(arrivals().await(events(1), PATIENCE).dead()).hasSize(1);
    }

    /** Only the pack's own id was looked at, so that its events were waited for in vain. */
    @Test
    void eventsOfAPackInTheQueueAreDeadLetters() throws Exception {
        letters.bodies.add("{\"id\":\"p-1\",\"detail-type\":\"Trade Execution\",\"detail\":{\"events\":["
                + "{\"event_id\":\"id-0\"},{\"event_id\":\"id-1\"}]}}");

        Arrivals.Result result = arrivals().await(events(2), PATIENCE);

        assertThat(result.dead()).hasSize(2);
        assertThat(result.missing()).isEmpty();
    }

    @Test
    void letterIsKnownByTheIdentityOfTheConfiguration() throws Exception {
        config = Configurations.read(
                "dev",
                Configurations.handlerOnly()
                        .element(Element.group("identity")
                                .values("fields", "field", List.of("symbol", "sequence"))
                                .build())
                        .build());
        letters.bodies.add(
                "{\"id\":\"p-1\",\"detail-type\":\"Trade Execution\",\"source\":\"market.data\","
                        + "\"time\":\"2026-11-22T12:00:00Z\",\"detail\":{\"event_id\":\"other\",\"symbol\":\"BAC\",\"sequence\":7}}");
        Sent sent = new Sent(new Sent.RowKey("BAC|7", 7), "BAC", SENT, "hash");

        assertThat(arrivals().await(List.of(sent), PATIENCE).dead()).hasSize(1);
    }

    @Test
    void lookThatIsNotWholeIsTold() throws Exception {
        letters.neverGiven = 9;

        Arrivals.Result result = arrivals().await(events(1), PATIENCE);

        assertThat(result.missing()).hasSize(1);
        assertThat(result.look().doubt()).contains("0 were", "about 9 more letters");
    }

    @Test
    void otherContentUnderTheIdentityIsNotTakenForTheEvent() throws Exception {
        tables.store(events(1), 40, "other");
        tables.reject(events(1).get(0));

        Arrivals.Result result = arrivals().await(events(1), PATIENCE);

        assertThat(result.stored()).isEmpty();
        assertThat(result.dead()).hasSize(1);
    }

    @Test
    void twoEventsThatClaimOneRowAreARowAndADeadLetter() throws Exception {
        Sent first = new Sent(new Sent.RowKey("id-0", 7), "BAC", SENT, "first");
        Sent other = new Sent(new Sent.RowKey("id-0", 7), "BAC", SENT, "other");
        tables.store(List.of(first), 40, "first");
        tables.reject(other);

        Arrivals.Result result = arrivals().await(List.of(first, other), PATIENCE);

        assertThat(result.stored()).containsExactly(first);
        assertThat(result.dead()).containsExactly(other.key());
        assertThat(result.missing()).isEmpty();
    }

    @Test
    void rowThatComesWithTheDeadLetterOfItsRivalIsARow() throws Exception {
        Sent first = new Sent(new Sent.RowKey("id-0", 7), "BAC", SENT, "first");
        Sent other = new Sent(new Sent.RowKey("id-0", 7), "BAC", SENT, "other");
        letters.bodies.add("{\"detail\":{\"event_id\":\"id-0\"}}");
        letters.beforeAnswer = () -> tables.store(List.of(first), 40, "first");

        Arrivals.Result result = arrivals().await(List.of(first, other), PATIENCE);

        assertThat(result.stored()).containsExactly(first);
        assertThat(result.dead()).containsExactly(other.key());
    }

    @Test
    void eventThatNeverComesIsMissing() throws Exception {
        List<Sent> sent = events(3);
        tables.store(sent.subList(0, 2), 40, "");

        Arrivals.Result result = arrivals().await(sent, PATIENCE);

        assertThat(result.missing()).containsExactly(sent.get(2));
    }

    private Arrivals arrivals() {
        StoredRows rows = new StoredRows(tables, new StackNames("", "dev"));
        return new Arrivals(
                rows,
                new DeadLetterQueue(letters, "url"),
                new LetterEvents(config),
                lines.console,
                () -> now,
                duration -> {
                    now = now.plus(duration);
                    if (!meanwhile.isEmpty()) {
                        meanwhile.remove(0).run();
                    }
                });
    }

    private static List<Sent> events(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Sent(new Sent.RowKey("id-" + i, 7), "BAC", SENT, "hash"))
                .toList();
    }

    /** Items by table and key. */
    private static final class FakeTables implements DynamoDbClient {
        private final Map<Object, Map<String, AttributeValue>> items = new HashMap<>();

        void store(List<Sent> events, long latency, String hash) {
            for (Sent event : events) {
                Map<String, AttributeValue> item =
                        new HashMap<>(key("event_id", event.key().eventId()));
                item.put("stored_at_ms", AttributeValue.fromN("" + (SENT.toEpochMilli() + latency)));
                item.put("raw_sha256", AttributeValue.fromS(hash));
                items.put(key("event_id", event.key().eventId()), item);
            }
        }

        void reject(Sent event) {
            Map<String, AttributeValue> key = key("audit_id", event.key().eventId() + "#REJECTED");
            items.put(key, key);
        }

        private static Map<String, AttributeValue> key(String attribute, String id) {
            return Map.of(attribute, AttributeValue.fromS(id), "timestamp", AttributeValue.fromN("7"));
        }

        @Override
        public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
            Map<String, List<Map<String, AttributeValue>>> found = new HashMap<>();
            request.requestItems().forEach((table, wanted) -> {
                assertThat(wanted.keys()).hasSizeLessThanOrEqualTo(100);
                found.put(
                        table,
                        wanted.keys().stream()
                                .filter(items::containsKey)
                                .map(items::get)
                                .toList());
            });
            return BatchGetItemResponse.builder().responses(found).build();
        }

        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {}
    }

    /** A queue with letters that are always there. */
    private static final class FakeLetters implements SqsClient {
        final List<String> bodies = new ArrayList<>();
        int neverGiven;
        Runnable beforeAnswer = () -> {};

        @Override
        public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
            beforeAnswer.run();
            return ReceiveMessageResponse.builder()
                    .messages(bodies.stream()
                            .map(body -> Message.builder()
                                    .messageId(body)
                                    .receiptHandle("h")
                                    .body(body)
                                    .build())
                            .toList())
                    .build();
        }

        @Override
        public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
                ChangeMessageVisibilityBatchRequest request) {
            return ChangeMessageVisibilityBatchResponse.builder().build();
        }

        @Override
        public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
            return GetQueueAttributesResponse.builder()
                    .attributes(Map.of(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, Integer.toString(neverGiven)))
                    .build();
        }

        @Override
        public String serviceName() {
            return "sqs";
        }

        @Override
        public void close() {}
    }
}
