package io.marketpipeline.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.schema.IndexProjection;
import io.marketpipeline.schema.IndexShards;
import io.marketpipeline.store.MarketDataQuery;
import io.marketpipeline.store.Page;
import io.marketpipeline.store.PageRequest;
import io.marketpipeline.store.ReadFailedException;
import io.marketpipeline.store.StoredEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;

/** The same of indexes that hold whole rows, and of those that hold keys. */
@ParameterizedClass
@EnumSource(IndexProjection.class)
class DynamoDbMarketDataReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final long T = Instant.parse("2013-10-07T13:30:00Z").toEpochMilli();

    private static LocalTables tables;

    private final DynamoDbMarketDataReader reader;

    DynamoDbMarketDataReaderTest(IndexProjection projection) {
        reader = new DynamoDbMarketDataReader(
                tables.client(), LocalTables.MARKET_DATA, IndexShards.one(), projection, InstantSource.fixed(NOW));
    }

    @BeforeParameterizedClassInvocation
    static void start(IndexProjection projection) {
        tables = new LocalTables(projection == IndexProjection.ALL ? ProjectionType.ALL : ProjectionType.KEYS_ONLY);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        tables.close();
    }

    @Test
    void rowsOfOneMillisecondAreOrderedByNanosecondsThenSequence() {
        put("ORD", "a", T, Map.of("event_time_ns", n(900), "sequence", n(1)));
        put("ORD", "b", T, Map.of("event_time_ns", n(100), "sequence", n(10)));
        put("ORD", "c", T, Map.of("event_time_ns", n(100), "sequence", n(9)));
        put("ORD", "d", T - 1, Map.of("sequence", n(99)));

        assertThat(ids(read("ORD", page(10)))).containsExactly("d", "c", "b", "a");
        assertThat(ids(read("ORD", newest(10)))).containsExactly("a", "b", "c", "d");
    }

    @Test
    void pageEndsWithItsMillisecond() {
        put("PAG", "a", T, Map.of());
        put("PAG", "b", T + 1, Map.of("sequence", n(1)));
        put("PAG", "c", T + 1, Map.of("sequence", n(2)));
        put("PAG", "d", T + 2, Map.of());

        Page<StoredEvent> first = read("PAG", page(2));
        assertThat(ids(first)).containsExactly("a", "b", "c");
        Page<StoredEvent> second = read("PAG", page(2).after(first.next().orElseThrow()));
        assertThat(ids(second)).containsExactly("d");
        assertThat(second.next()).isEmpty();
    }

    @Test
    void pagesHoldEachRowOnceInBothDirections() {
        for (int i = 0; i < 250; i++) {
            put("ALL", "id" + i, T + i / 3, Map.of("sequence", n(i)));
        }

        List<String> oldest = all("ALL", page(7));
        List<String> newest = all("ALL", newest(7));

        assertThat(oldest).hasSize(250).doesNotHaveDuplicates().startsWith("id0", "id1", "id2");
        assertThat(newest).hasSize(250).startsWith("id249", "id248", "id247");
    }

    @Test
    void lastPageHasNoTokenWhenItIsFull() {
        put("FUL", "a", T, Map.of());
        put("FUL", "b", T + 1, Map.of());

        assertThat(read("FUL", page(2)).next()).isEmpty();
    }

    @Test
    void expiredRowsAreLeftOutAndNotCounted() {
        put("EXP", "gone", T, Map.of("expiration_time", n(NOW.getEpochSecond())));
        put("EXP", "stays", T + 1, Map.of("expiration_time", n(NOW.getEpochSecond() + 1)));
        put("EXP", "forever", T + 2, Map.of());

        Page<StoredEvent> page = read("EXP", page(2));
        assertThat(ids(page)).containsExactly("stays", "forever");
        assertThat(page.next()).isEmpty();
    }

    @Test
    void rangeIncludesItsStartAndNotItsEnd() {
        put("RNG", "a", T, Map.of());
        put("RNG", "b", T + 1, Map.of());
        put("RNG", "c", T + 2, Map.of());

        PageRequest page = PageRequest.builder()
                .from(Instant.ofEpochMilli(T + 1))
                .to(Instant.ofEpochMilli(T + 2))
                .build();
        assertThat(ids(read("RNG", page))).containsExactly("b");
    }

    @Test
    void emptyRangeIsEmpty() {
        put("EMP", "a", T, Map.of());
        Instant at = Instant.ofEpochMilli(T);

        assertThat(read("EMP", PageRequest.builder().from(at).to(at).build()).items())
                .isEmpty();
    }

    @Test
    void limitCountsRowsOfTheTypesAskedFor() {
        for (int i = 0; i < 300; i++) {
            put("TYP", "q" + i, T + i, Map.of("detail_type", s("Market Quote")));
        }
        put("TYP", "t", T + 400, Map.of("detail_type", s("Trade Execution")));

        Page<StoredEvent> page =
                reader.read(MarketDataQuery.bySymbol("TYP").ofTypes(Set.of("Trade Execution")), page(1));
        assertThat(ids(page)).containsExactly("t");
    }

    @Test
    void rowOfTheTerraformOriginalIsRead() {
        put(
                "OLD",
                "old",
                T,
                Map.of("price", s("150.25"), "volume", n(1000), "exchange", s("NYSE"), "processed_at", n(T / 1000)));

        StoredEvent row = read("OLD", page(1)).items().get(0);
        assertThat(row.price()).contains(new BigDecimal("150.25"));
        assertThat(row.exchange()).contains("NYSE");
        assertThat(row.sequence()).isEmpty();
        assertThat(row.rawSha256()).isEmpty();
        assertThat(row.storedAt()).contains(Instant.ofEpochMilli(T));
    }

    @Test
    void versionsOfAnEventAreReadInOrder() {
        put("VER", "v", T + 5, Map.of());
        put("VER", "v", T, Map.of());

        assertThat(reader.read(MarketDataQuery.byEventId("v"), page(10)).items())
                .extracting(row -> row.eventTime().toEpochMilli())
                .containsExactly(T, T + 5);
    }

    @Test
    void nanosecondsArePartOfTheTime() {
        put("NAN", "nan", T, Map.of("event_time_ns", n(456_789)));

        assertThat(read("NAN", page(1)).items().get(0).eventTime())
                .isEqualTo(Instant.parse("2013-10-07T13:30:00.000456789Z"));
    }

    @Test
    void tokenOfAnotherQueryIsRefused() {
        put("TOK", "x", T, Map.of());
        put("TOK", "y", T + 1, Map.of());
        String token = read("TOK", page(1)).next().orElseThrow();

        assertThatThrownBy(() -> read("OTHER", page(1).after(token)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("belongs to another query");
        assertThatThrownBy(() -> read("TOK", page(1).after("rubbish!")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'rubbish!' isn't a page token");
    }

    @Test
    void missingTableIsNamed() {
        var missing = new DynamoDbMarketDataReader(tables.client(), "no-such-table");

        assertThatThrownBy(() -> missing.read(MarketDataQuery.bySymbol("BAC"), page(1)))
                .isInstanceOf(ReadFailedException.class)
                .hasMessageStartingWith("table 'no-such-table', index 'SymbolIndex' can't be read: ");
    }

    private List<String> all(String symbol, PageRequest first) {
        List<String> ids = new ArrayList<>();
        Optional<PageRequest> next = Optional.of(first);
        while (next.isPresent()) {
            Page<StoredEvent> page = read(symbol, next.get());
            ids.addAll(ids(page));
            next = page.next().map(first::after);
        }
        return ids;
    }

    private Page<StoredEvent> read(String symbol, PageRequest page) {
        return reader.read(MarketDataQuery.bySymbol(symbol), page);
    }

    private static List<String> ids(Page<StoredEvent> page) {
        return page.items().stream().map(StoredEvent::eventId).toList();
    }

    private static PageRequest page(int limit) {
        return PageRequest.builder().limit(limit).build();
    }

    private static PageRequest newest(int limit) {
        return PageRequest.builder().limit(limit).newestFirst(true).build();
    }

    private static void put(String symbol, String id, long timestamp, Map<String, AttributeValue> more) {
        Map<String, AttributeValue> item = new HashMap<>(more);
        item.put("event_id", s(id));
        item.put("timestamp", n(timestamp));
        item.put("symbol", s(symbol));
        tables.client()
                .putItem(request -> request.tableName(LocalTables.MARKET_DATA).item(item));
    }

    private static AttributeValue n(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    private static AttributeValue s(String value) {
        return AttributeValue.fromS(value);
    }
}
