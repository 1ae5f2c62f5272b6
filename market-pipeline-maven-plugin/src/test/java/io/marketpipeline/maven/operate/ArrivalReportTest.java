package io.marketpipeline.maven.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.UserFixableException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

class ArrivalReportTest {
    private static final Instant STARTED = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant EVENT_TIME = Instant.parse("2013-10-07T13:30:00.100Z");

    private final Tables tables = new Tables();
    private final Lines lines = new Lines();

    @Test
    void reportWhenAllArrivedTellsCountsAndLatency() throws Exception {
        tables.stored("bac:trade:BAC:1");
        tables.stored("bac:trade:BAC:2");

        report("bac:trade:BAC:1", "bac:trade:BAC:2");

        assertThat(lines.lines)
                .containsSubsequence(
                        "events published         2",
                        "rows stored              2",
                        "audit records DUPLICATE  0",
                        "audit records ERROR      0",
                        "audit records REJECTED   0",
                        "audit records SUCCESS    2",
                        "dead letters             0",
                        "publish to stored p50    250 ms");
    }

    @Test
    void reportWhenAnEventIsMissingNamesIt() {
        tables.stored("bac:trade:BAC:1");

        assertThatThrownBy(() -> report("bac:trade:BAC:1", "bac:trade:BAC:2"))
                .isInstanceOf(UserFixableException.class)
                .hasMessage("1 event that the bus accepted became neither a row nor a dead letter in time:\n"
                        + "  bac:trade:BAC:2\nThe function's log may say why: mvn market-pipeline:logs -Denv=dev"
                        + " -Dsince=15m\nIf it is still working, wait longer with -DawaitTimeout");
    }

    @Test
    void reportWhenThereIsARowTooManyNamesIt() {
        tables.stored("bac:trade:BAC:1");
        tables.stored("bac:trade:BAC:2");

        assertThatThrownBy(() -> report("bac:trade:BAC:1"))
                .isInstanceOf(UserFixableException.class)
                .hasMessage("Stored were 1 row too many, which no published event makes:\n  bac:trade:BAC:2 at "
                        + EVENT_TIME
                        + "\nIf another run of the same data set was going on, wait for it and look again");
    }

    private void report(String... ids) throws InterruptedException {
        List<Sent> accepted = List.of(ids).stream()
                .map(id -> new Sent(new Sent.RowKey(id, EVENT_TIME.toEpochMilli()), "BAC", STARTED, ""))
                .toList();
        var outcome = new PublishOutcome(
                accepted, List.of(), 0, Set.of("bac:"), STARTED, Duration.ofSeconds(1), Path.of("manifest.jsonl"));
        new ArrivalReport(tables, new DeadLetterQueue(new NoLetters(), "url"), Configurations.minimal(), lines.console)
                .await(outcome, Duration.ZERO);
    }

    /** Rows with their audit records; every query of market data finds them all. */
    private static final class Tables implements DynamoDbClient {
        private final List<Map<String, AttributeValue>> rows = new ArrayList<>();
        private final List<Map<String, AttributeValue>> records = new ArrayList<>();

        void stored(String eventId) {
            AttributeValue time = AttributeValue.fromN(Long.toString(EVENT_TIME.toEpochMilli()));
            Map<String, AttributeValue> row = new HashMap<>();
            row.put("event_id", AttributeValue.fromS(eventId));
            row.put("timestamp", time);
            row.put("symbol", AttributeValue.fromS("BAC"));
            row.put("stored_at_ms", AttributeValue.fromN(Long.toString(STARTED.toEpochMilli() + 250)));
            rows.add(row);
            records.add(Map.of("audit_id", AttributeValue.fromS(eventId + "#SUCCESS"), "timestamp", time));
        }

        @Override
        public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
            Map<String, List<Map<String, AttributeValue>>> found = new HashMap<>();
            request.requestItems().forEach((table, wanted) -> {
                List<Map<String, AttributeValue>> items = table.startsWith("market-data") ? rows : records;
                found.put(
                        table,
                        items.stream()
                                .filter(item -> wanted.keys().stream()
                                        .anyMatch(key -> item.entrySet().containsAll(key.entrySet())))
                                .toList());
            });
            return BatchGetItemResponse.builder().responses(found).build();
        }

        @Override
        public QueryResponse query(QueryRequest request) {
            return QueryResponse.builder()
                    .items(request.tableName().startsWith("market-data") ? rows : List.of())
                    .build();
        }

        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {}
    }

    private static final class NoLetters implements SqsClient {
        @Override
        public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
            return ReceiveMessageResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return "sqs";
        }

        @Override
        public void close() {}
    }
}
