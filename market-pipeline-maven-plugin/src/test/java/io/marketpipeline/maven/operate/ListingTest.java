package io.marketpipeline.maven.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.maven.output.Visible;
import io.marketpipeline.store.Page;
import io.marketpipeline.store.PageRequest;
import io.marketpipeline.store.StoredEvent;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ListingTest {
    private final Lines lines = new Lines();

    @Test
    void pagesAreReadUpToTheLimitAndNoRowMore() {
        PageRequest request = PageRequest.builder().limit(5).build();
        Listing.Found<Integer> found = Listing.upTo(
                request,
                page -> new Page<>(List.of(1, 2, 3), page.token().isEmpty() ? Optional.of("t") : Optional.empty()));

        assertThat(found.rows()).containsExactly(1, 2, 3, 1, 2);
        assertThat(found.more()).isTrue();
    }

    @Test
    void tableHasTheColumnsThatAreFilled() {
        print(OutputFormat.TABLE);

        assertThat(lines.results())
                .containsExactly(
                        "time                  symbol  price    event_id",
                        "2013-10-07T13:30:00Z  BAC     13.9400  a,\"b\"");
        assertThat(lines.lines).containsExactly("1 row");
    }

    @Test
    void csvIsQuotedWhereNeeded() {
        print(OutputFormat.CSV);

        assertThat(lines.results())
                .containsExactly(
                        "time,symbol,exchange,detail_type,price,volume,bid_price,bid_size,ask_price,ask_size,"
                                + "conditions,sequence,event_id",
                        "2013-10-07T13:30:00Z,BAC,,,13.9400,,,,,,,,\"a,\"\"b\"\"\"");
    }

    @Test
    void jsonHasEveryAttributeAndItsDigits() {
        print(OutputFormat.JSON);

        assertThat(lines.results())
                .containsExactly("{\"event_id\":\"a,\\\"b\\\"\",\"notional\":1,\"price\":13.9400,\"symbol\":\"BAC\","
                        + "\"timestamp\":1381152600000}");
    }

    /** What others wrote into the tables was never looked at by this library. */
    @ParameterizedTest
    @EnumSource(OutputFormat.class)
    void rowThatForgesAnotherIsOneRow(OutputFormat format) {
        String evil =
                "A\n{\"event_id\":\"forged\"}\r\u2028\u0085\u001b[2K\u001b[31m\u009b1A\u202e" + "x".repeat(100_000);
        StoredEvent row = new StoredEvent(Map.of("event_id", evil, "symbol", evil, "timestamp", BigDecimal.ONE));

        Listing.MARKET_DATA.print(new Listing.Found<>(List.of(row), false), format, lines.console);

        assertThat(lines.results()).hasSize(format == OutputFormat.JSON ? 1 : 2).allSatisfy(line -> assertThat(line)
                .isEqualTo(Visible.of(line)));
    }

    @Test
    void nothingFoundIsTold() {
        Listing.MARKET_DATA.print(new Listing.Found<>(List.of(), false), OutputFormat.TABLE, lines.console);

        assertThat(lines.lines).containsExactly("No rows found");
    }

    private void print(OutputFormat format) {
        StoredEvent row = new StoredEvent(Map.of(
                "event_id", "a,\"b\"",
                "symbol", "BAC",
                "price", new BigDecimal("13.9400"),
                "notional", new BigDecimal("1"),
                "timestamp", new BigDecimal("1381152600000")));
        Listing.MARKET_DATA.print(new Listing.Found<>(List.of(row), false), format, lines.console);
    }
}
