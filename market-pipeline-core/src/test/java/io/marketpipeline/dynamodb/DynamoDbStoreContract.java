package io.marketpipeline.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.event.MarketEvent;
import io.marketpipeline.event.Rejection;
import io.marketpipeline.schema.ItemHash;
import io.marketpipeline.schema.MarketDataTable;
import io.marketpipeline.store.MarketDataRow;
import io.marketpipeline.store.MarketDataStoreContract;
import io.marketpipeline.store.Rows;
import io.marketpipeline.store.StoreAnswer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What every store on DynamoDB's market-data table must do. */
public abstract class DynamoDbStoreContract extends MarketDataStoreContract {
    /** Reads and writes the same table. */
    protected abstract DynamoDbClient client();

    private StoreAnswer put(MarketDataRow row) {
        return store().store(List.of(row), Instant.now().plusSeconds(20)).get(0);
    }

    private Map<String, AttributeValue> read(String eventId, Instant time) {
        return client().getItem(request -> request.tableName(LocalTables.MARKET_DATA)
                        .key(Map.of(
                                MarketDataTable.EVENT_ID,
                                AttributeValue.fromS(eventId),
                                MarketDataTable.TIMESTAMP,
                                AttributeValue.fromN(Long.toString(time.toEpochMilli())))))
                .item();
    }

    @Test
    void storeWritesTheAttributesOfTheContract() {
        MarketEvent event = Rows.event("all", "{\"price\":13.9400}")
                .sequence(7L)
                .publishTimeMillis(5L)
                .attribute("notional", new BigDecimal("6970.0000"))
                .attribute("late", true)
                .attribute("flags", List.of("a", "b"))
                .attribute("desk", "x")
                .build();

        assertThat(put(Rows.row("r1", event))).isEqualTo(new StoreAnswer.Stored());

        Map<String, AttributeValue> item = read("all", Rows.EVENT_TIME);
        assertThat(item.get("timestamp").n()).isEqualTo("1381132800614");
        assertThat(item.get("event_time_ns").n()).isEqualTo("123456");
        assertThat(item.get("price").n()).isEqualTo("13.94");
        assertThat(item.get("raw_data").s()).isEqualTo("{\"price\":13.9400}");
        assertThat(item.get("raw_sha256").s()).isEqualTo(event.rawData().sha256());
        assertThat(item.get("processed_at").n()).isEqualTo(Long.toString(Rows.STORED_AT.getEpochSecond()));
        assertThat(item.get("stored_at_ms").n()).isEqualTo(Long.toString(Rows.STORED_AT.toEpochMilli()));
        assertThat(item.get("expiration_time").n()).isEqualTo(Long.toString(Rows.STORED_AT.getEpochSecond() + 86_400));
        assertThat(item.get("notional").n()).isEqualTo("6970");
        assertThat(item.get("late").bool()).isTrue();
        assertThat(item.get("flags").l()).containsExactly(AttributeValue.fromS("a"), AttributeValue.fromS("b"));
        assertThat(item).doesNotContainKeys("bid_price", "side", "trade_id");
    }

    /** Its hash was of a question mark, and what was read back had U+FFFD: a false alarm. */
    @Test
    void storeWhenATextHasHalfAPairWritesWhatTheRowsHashIsOf() {
        MarketEvent event = Rows.event("half", "{}")
                .tradeId("\uDE00 1")
                .attribute("note", "cut \uD83D")
                .attribute("notes", List.of("\uD83D\uDE00", "\uDE00\uD83D"))
                .build();
        MarketDataRow row = Rows.row("r1", event);

        assertThat(put(row)).isEqualTo(new StoreAnswer.Stored());

        Map<String, AttributeValue> item = read("half", Rows.EVENT_TIME);
        assertThat(Items.existing(item).attributes()).satisfies(read -> {
            assertThat(ItemHash.sha256(read)).isEqualTo(row.sha256());
            assertThat(read)
                    .containsEntry("trade_id", "\uFFFD 1")
                    .containsEntry("note", "cut \uFFFD")
                    .containsEntry("notes", List.of("\uD83D\uDE00", "\uFFFD\uFFFD"));
        });
    }

    @Test
    void storeWhenNumberIsAtTheEndOfTheRangeTakesIt() {
        for (String number : List.of("9.9999999999999999999999999999999999999E+125", "1E-130", "-1E-130", "0")) {
            MarketDataRow row = Rows.row(
                    "r1",
                    Rows.event("range " + number, "{}")
                            .price(new BigDecimal(number))
                            .build());

            assertThat(put(row)).as(number).isEqualTo(new StoreAnswer.Stored());
            assertThat(new BigDecimal(read("range " + number, Rows.EVENT_TIME)
                            .get("price")
                            .n()))
                    .isEqualByComparingTo(number);
        }
    }

    @Test
    void storeWhenItemIsTooLargeIsRefusedForGood() {
        for (int size : new int[] {409_500, 500_000, 2_000_000}) {
            assertThat(put(Rows.row("r1", "large", "x".repeat(size))))
                    .isInstanceOfSatisfying(StoreAnswer.Refused.class, refused -> assertThat(refused.rejection())
                            .extracting(Rejection::reason)
                            .isEqualTo("item_too_large"));
        }
        assertThat(put(Rows.row("r1", "not too large", "x".repeat(400_000)))).isEqualTo(new StoreAnswer.Stored());
    }

    @Test
    void storeWhenRowIsOfTheTerraformOriginalComparesItsRawData() {
        client().putItem(request -> request.tableName(LocalTables.MARKET_DATA)
                .item(Map.of(
                        MarketDataTable.EVENT_ID, AttributeValue.fromS("seed"),
                        MarketDataTable.TIMESTAMP, AttributeValue.fromN(Long.toString(Rows.EVENT_TIME.toEpochMilli())),
                        MarketDataTable.SYMBOL, AttributeValue.fromS("UNKNOWN"),
                        MarketDataTable.RAW_DATA, AttributeValue.fromS("{}"))));

        MarketDataRow same = Rows.row("r1", "seed", "{}");
        assertThat(put(same)).isInstanceOfSatisfying(StoreAnswer.SeenBefore.class, seen -> assertThat(
                        seen.existing().rawSha256())
                .isEqualTo(same.rawSha256()));
        assertThat(put(Rows.row("r1", "seed", "{ }"))).isInstanceOf(StoreAnswer.Conflict.class);
    }
}
