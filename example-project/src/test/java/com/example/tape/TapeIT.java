package com.example.tape;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.publish.OutgoingEvent;
import io.marketpipeline.schema.DeadLetterAttributes;
import io.marketpipeline.schema.DetailTypes;
import io.marketpipeline.schema.MarketDataTable;
import io.marketpipeline.schema.StackOutputs;
import io.marketpipeline.store.AuditEntry;
import io.marketpipeline.store.StoredEvent;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;

/** A morning of BAC through the deployed pipeline, and events that aren't as they should be. */
class TapeIT {
    private static final Path DATA = Path.of(System.getProperty("tape.data"));
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static Pipeline pipeline;
    private static List<Tick> ticks;
    private static List<StoredEvent> rows;

    @BeforeAll
    static void publishTheMorning() throws IOException, InterruptedException {
        pipeline = new Pipeline();
        ticks = new ArrayList<>(Tick.read(DATA.resolve("BAC-2013-10-07-open-trades.csv.gz"), "tape-it", "trade"));
        ticks.addAll(Tick.read(DATA.resolve("BAC-2013-10-07-open-quotes.csv.gz"), "tape-it", "quote"));
        assertThat(pipeline.publish(ticks.stream().map(Tick::event).toList())).isEmpty();
        await(() -> pipeline.rowsOf("BAC").size() >= ticks.size());
        rows = pipeline.rowsOf("BAC");
    }

    @AfterAll
    static void close() {
        pipeline.close();
    }

    @Test
    void rowsEqualTicks() {
        Map<String, StoredEvent> byId =
                rows.stream().collect(Collectors.toMap(StoredEvent::eventId, Function.identity()));

        assertThat(byId).hasSize(ticks.size());
        assertThat(ticks).allSatisfy(tick -> assertEqual(byId.get(tick.identity().value()), tick));
    }

    private static void assertEqual(StoredEvent row, Tick tick) {
        assertThat(row).as(tick.identity().value()).isNotNull();
        assertThat(row.eventTime()).isEqualTo(tick.eventTime());
        for (String number : List.of("price", "volume", "bid_price", "bid_size", "ask_price", "ask_size", "sequence")) {
            String expected = tick.columns().get(number);
            assertThat(row.number(number).orElse(null))
                    .as(number)
                    .usingComparator(Comparator.nullsFirst(BigDecimal::compareTo))
                    .isEqualTo(expected == null ? null : new BigDecimal(expected));
        }
        for (String text : List.of("exchange", "symbol", "conditions")) {
            assertThat(row.text(text)).as(text).contains(tick.columns().get(text));
        }
        assertThat(row.rawData()).contains(tick.event().detail());
    }

    @Test
    void tradesEqualInAllButSequenceAreRowsOfTheirOwn() {
        Set<Map<String, String>> distinct = new HashSet<>();
        long repeated = ticks.stream()
                .filter(tick -> tick.kind().equals("trade"))
                .filter(tick -> {
                    Map<String, String> columns = new HashMap<>(tick.columns());
                    columns.remove("sequence");
                    return !distinct.add(columns);
                })
                .count();

        assertThat(repeated).isEqualTo(193);
        assertThat(rows).hasSize(ticks.size());
    }

    @Test
    void derivativelyPricedTradesAreStoredAndFlagged() {
        assertThat(rows.stream().filter(row -> row.text(TapeProcessor.FLAGS).isPresent()))
                .hasSameSizeAs(ticks.stream()
                        .filter(tick -> tick.kind().equals("trade"))
                        .filter(tick -> !SaleCondition.in(tick.columns().get("conditions")).isEmpty())
                        .toList());
    }

    @Test
    void rowWhenExpiredIsUnseen() {
        long past = Instant.now().minusSeconds(60).getEpochSecond();
        pipeline.tables().putItem(request -> request.tableName(pipeline.output(StackOutputs.MARKET_DATA_TABLE_NAME))
                .item(Map.of(
                        MarketDataTable.EVENT_ID, AttributeValue.fromS("expired-1"),
                        MarketDataTable.TIMESTAMP, AttributeValue.fromN("1700000000000"),
                        MarketDataTable.SYMBOL, AttributeValue.fromS("GONE"),
                        MarketDataTable.EXPIRATION_TIME, AttributeValue.fromN(Long.toString(past)))));

        assertThat(pipeline.rows("expired-1")).isEmpty();
        assertThat(pipeline.rowsOf("GONE")).isEmpty();
    }

    @Test
    void eventWhenInvalidIsADeadLetterWithItsReasonInTheAuditTrail() throws InterruptedException {
        publish("invalid-1", "\"symbol\":\"AAPL\",\"exchange\":\"XNAS\",\"price\":\"n/a\",\"volume\":100");

        await(() -> statuses("invalid-1").contains("REJECTED"));
        assertThat(pipeline.audit("invalid-1")).singleElement().satisfies(entry -> assertThat(entry.details())
                .hasValueSatisfying(details ->
                        assertThat(details).contains("invalid_price").contains("n/a")));
        assertThat(deadLetter("invalid-1").messageAttributes().get(DeadLetterAttributes.REASON).stringValue())
                .isEqualTo("invalid_price");
        assertThat(pipeline.rows("invalid-1")).isEmpty();
    }

    @Test
    void eventWhenSentTwiceIsOneRowAndOneDuplicate() throws InterruptedException {
        String detail = "\"symbol\":\"MSFT\",\"exchange\":\"XNAS\",\"price\":33.30,\"volume\":100";
        publish("twice-1", detail);
        await(() -> statuses("twice-1").contains("SUCCESS"));
        publish("twice-1", detail);
        await(() -> statuses("twice-1").contains("DUPLICATE"));

        assertThat(pipeline.rows("twice-1")).hasSize(1);
        assertThat(statuses("twice-1")).containsExactlyInAnyOrder("SUCCESS", "DUPLICATE");
    }

    @Test
    void identityWhenSentWithAnotherPriceIsADeadLetter() throws InterruptedException {
        publish("conflict-1", "\"symbol\":\"IBM\",\"exchange\":\"XNYS\",\"price\":180.10,\"volume\":100");
        await(() -> statuses("conflict-1").contains("SUCCESS"));
        publish("conflict-1", "\"symbol\":\"IBM\",\"exchange\":\"XNYS\",\"price\":180.20,\"volume\":100");
        await(() -> statuses("conflict-1").contains("REJECTED"));

        assertThat(pipeline.rows("conflict-1")).singleElement().satisfies(row -> assertThat(row.price())
                .hasValueSatisfying(price -> assertThat(price).isEqualByComparingTo("180.10")));
        assertThat(deadLetter("conflict-1").messageAttributes().get(DeadLetterAttributes.REASON).stringValue())
                .isEqualTo("identity_conflict");
    }

    private static void publish(String eventId, String fields) throws InterruptedException {
        String detail = "{\"event_id\":\"%s\",\"event_time\":\"2013-10-07T14:00:00Z\",%s}".formatted(eventId, fields);
        assertThat(pipeline.publish(List.of(
                        new OutgoingEvent(eventId, DetailTypes.DEFAULT_SOURCE, DetailTypes.TRADE_EXECUTION, detail))))
                .isEmpty();
    }

    private static List<String> statuses(String eventId) {
        return pipeline.audit(eventId).stream().map(AuditEntry::status).toList();
    }

    private static Message deadLetter(String eventId) {
        List<Message> found = new ArrayList<>();
        await(() -> {
            found.addAll(pipeline.deadLetters(eventId));
            return !found.isEmpty();
        });
        return found.get(0);
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(condition);
    }
}
