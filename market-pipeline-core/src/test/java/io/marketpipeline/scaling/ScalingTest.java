package io.marketpipeline.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.marketpipeline.audit.AuditChain;
import io.marketpipeline.audit.InMemoryAuditTrail;
import io.marketpipeline.deadletter.InMemoryDeadLetters;
import io.marketpipeline.event.EnvelopeDecoder;
import io.marketpipeline.processor.InvocationContext;
import io.marketpipeline.processor.MarketEventProcessor;
import io.marketpipeline.processor.ProcessorParts;
import io.marketpipeline.processor.Writer;
import io.marketpipeline.schema.AttributeWriter;
import io.marketpipeline.schema.IndexShards;
import io.marketpipeline.schema.TableItem;
import io.marketpipeline.store.InMemoryMarketDataStore;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The arithmetic of {@code docs/scaling.md}, on a real day's trades and on the items that the function really writes. */
class ScalingTest {
    private static final Path PAGE = Path.of("..", "docs", "scaling.md");

    /** No source gives it for a whole tape; stated in the page. */
    private static final double BUSIEST_SYMBOL = 0.05;

    /** A trade as {@code publish} makes it of the tape. */
    private static final String TRADE =
            """
            {"version":"0","id":"6a7e8feb-b491-4cf7-a9f1-bf3703467718","detail-type":"Trade Execution",\
            "source":"market.data","account":"111122223333","time":"2026-11-22T20:15:00Z","region":"us-east-1",\
            "resources":[],"detail":{"event_id":"BAC-2013-10-07-trades:trade:BAC:48213",\
            "event_time":"2013-10-07T19:25:43.112Z","sequence":48213,"exchange":"XADF","symbol":"BAC",\
            "price":13.8950,"volume":100,"conditions":"20002020"}}""";

    /** Fixed, since DynamoDB counts no zeros at a number's end: at a round time an item is smaller. */
    private static final Instant NOW = Instant.parse("2026-11-22T20:15:01.237Z");

    /** Bytes that DynamoDB bills for each stored item besides its own. */
    private static final int ITEM_OVERHEAD = 100;

    private final TapeProfile tape = TapeProfile.read();
    private final int rowBytes;
    private final int recordBytes;

    ScalingTest() {
        InMemoryMarketDataStore rows = new InMemoryMarketDataStore();
        InMemoryAuditTrail records = new InMemoryAuditTrail();
        var processor = new MarketEventProcessor(
                ProcessorParts.builder(rows, new AuditChain().over(records), new InMemoryDeadLetters())
                        .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                        .environment("prod")
                        .indexShards(new IndexShards(64))
                        .build());
        // As a deployed function writes them; a chain's first record, which has no hash of one before it, is smaller.
        Writer writer = new Writer("120", "2026/11/29/[120]0123456789abcdef0123456789abcdef", "0123456789abcdef");
        for (String trade : List.of(TRADE.replace("48213", "48212"), TRADE)) {
            processor.process(
                    EnvelopeDecoder.decode(trade.getBytes(StandardCharsets.UTF_8))
                            .envelopes(),
                    new InvocationContext("8476a536-e9f4-11e8-9739-2dfe598c1000", NOW, NOW.plusSeconds(30), writer));
        }
        rowBytes = ItemSize.of(rows.rows().get(1));
        recordBytes = ItemSize.of(records.records().get(1));
    }

    /** An item's size: the UTF-8 of names and texts, numbers a byte for two digits and one more. */
    private static final class ItemSize implements AttributeWriter {
        private int bytes;

        static int of(TableItem item) {
            ItemSize size = new ItemSize();
            item.writeTo(size);
            return size.bytes;
        }

        private void add(String name, int value) {
            bytes += name.getBytes(StandardCharsets.UTF_8).length + value;
        }

        @Override
        public void text(String name, @org.jspecify.annotations.Nullable String value) {
            if (value != null) {
                add(name, value.getBytes(StandardCharsets.UTF_8).length);
            }
        }

        @Override
        public void number(String name, long value) {
            number(name, BigDecimal.valueOf(value));
        }

        @Override
        public void number(String name, @org.jspecify.annotations.Nullable BigDecimal value) {
            if (value != null) {
                add(name, (value.stripTrailingZeros().precision() + 1) / 2 + 1);
            }
        }

        @Override
        public void flag(String name, boolean value) {
            add(name, 1);
        }

        @Override
        public void texts(String name, List<String> values) {
            add(name, 3 + values.stream().mapToInt(value -> value.length() + 1).sum());
        }
    }

    private static int units(int bytes) {
        return (bytes + 1023) / 1024;
    }

    private OneSecond second(double[] venues) {
        return new OneSecond(venues, BUSIEST_SYMBOL, units(rowBytes), units(recordBytes));
    }

    @Test
    void tapeHasThirteenVenuesAndOneHasFortyTwoPercent() {
        assertThat(tape.venues()).isEqualTo(13);
        assertThat(tape.trades()).isEqualTo(88_172);
        assertThat(TapeProfile.largest(tape.day())).isCloseTo(0.42, within(0.005));
        assertThat(TapeProfile.largest(tape.mostUneven())).isCloseTo(0.53, within(0.005));
    }

    @Test
    void itemsOfATradeTakeTheBytesAndUnitsThatThePageSays() throws IOException {
        String sizes = "row of %,d bytes and an audit record of %,d bytes".formatted(rowBytes, recordBytes);

        assertThat(Files.readString(PAGE)).contains(sizes);
        assertThat(units(rowBytes)).isEqualTo(1);
        assertThat(units(recordBytes)).isEqualTo(1);
        // What is stored of an hour of a whole tape: rows with two indexes, records with one.
        double bytes = 3_600e6 * (3 * (rowBytes + ITEM_OVERHEAD) + 2 * (recordBytes + ITEM_OVERHEAD));
        assertThat(Files.readString(PAGE)).contains("some %.0f TB".formatted(bytes / 1e12));
    }

    @Test
    void firstToBreakWithoutShardsIsTheTypesIndexThenTheBusiestVenue() {
        OneSecond day = second(tape.day());
        int types = day.carried(OneSecond.Index.EVENT_TYPE, 1);
        int venues = day.carried(OneSecond.Index.EXCHANGE, 1);

        assertThat(types).isCloseTo(OneSecond.KEY_LIMIT / units(recordBytes), within(20));
        assertThat(venues).isCloseTo(2_370, within(40));
        assertThat(day.carried(OneSecond.Index.SYMBOL, 1)).isGreaterThan(venues);
    }

    @Test
    void shardsCarryAlmostAsOftenAsMuch() {
        OneSecond day = second(tape.day());
        int one = day.carried(OneSecond.Index.EXCHANGE, 1);

        assertThat(day.carried(OneSecond.Index.EXCHANGE, 64)).isBetween(48 * one, 64 * one);
    }

    @Test
    void tableOfThePageIsWhatTheSimulatorFinds() throws IOException {
        StringBuilder table = new StringBuilder(
                """
                | shards | EventTypeIndex | ExchangeIndex, day's mix | ExchangeIndex, worst second | SymbolIndex |
                |---|---|---|---|---|
                """);
        OneSecond day = second(tape.day());
        OneSecond worst = second(tape.mostUneven());
        for (int shards : new int[] {1, 4, 16, 64, 256, 1024, 2000}) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %,d | %s | %s | %s | %s |%n",
                    shards,
                    rounded(day.carried(OneSecond.Index.EVENT_TYPE, shards)),
                    rounded(day.carried(OneSecond.Index.EXCHANGE, shards)),
                    rounded(worst.carried(OneSecond.Index.EXCHANGE, shards)),
                    rounded(day.carried(OneSecond.Index.SYMBOL, shards))));
        }
        String page = Files.readString(PAGE);
        if (System.getProperty("scaling.write") != null) {
            int from = page.indexOf("| shards |");
            int to = page.indexOf("\n\n", from) + 1;
            page = page.substring(0, from) + table + page.substring(to);
            Files.writeString(PAGE, page);
        }
        assertThat(page).contains(table);
    }

    /** Two digits: more would be the dice's. */
    private static String rounded(int events) {
        if (events > OneSecond.MOST) {
            return "over " + String.format(Locale.ROOT, "%,d", OneSecond.MOST);
        }
        int unit = (int) Math.pow(10, Math.max(0, (int) Math.log10(events) - 1));
        return String.format(Locale.ROOT, "%,d", Math.round((double) events / unit) * unit);
    }
}
