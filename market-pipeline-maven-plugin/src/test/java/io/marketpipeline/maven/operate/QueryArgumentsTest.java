package io.marketpipeline.maven.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.store.MarketDataQuery;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueryArgumentsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void rowsAreFoundByOneSwitch() {
        assertThat(QueryArguments.marketData("BAC", null, null)).isEqualTo(MarketDataQuery.bySymbol("BAC"));
        assertThat(QueryArguments.marketData(null, "XNAS", null)).isEqualTo(MarketDataQuery.byExchange("XNAS"));
        assertThat(QueryArguments.marketData(null, null, "e1")).isEqualTo(MarketDataQuery.byEventId("e1"));
    }

    @Test
    void noneOrTwoSwitchesAreRefused() {
        assertThatThrownBy(() -> QueryArguments.marketData(null, null, null))
                .isInstanceOf(UserFixableException.class)
                .hasMessage("Rows are found by one of -Dsymbol, -Dexchange and -DeventId, but none of them is given;"
                        + " example: -Dsymbol=BAC");
        assertThatThrownBy(() -> QueryArguments.marketData("BAC", "XNAS", null))
                .isInstanceOf(UserFixableException.class)
                .hasMessageContaining("but 2 of them");
    }

    @Test
    void auditNeedsOneSwitch() {
        assertThatThrownBy(() -> QueryArguments.auditTrail(null, null, null))
                .isInstanceOf(UserFixableException.class)
                .hasMessageStartingWith("Audit records are found by either -DeventType or -DeventId, but none");
        assertThatThrownBy(() -> QueryArguments.auditTrail("a", "b", null))
                .isInstanceOf(UserFixableException.class)
                .hasMessageContaining("but both of them");
    }

    /** DynamoDB refused the empty key, and its exception was all that was said. */
    @Test
    void emptySwitchIsNamed() {
        assertThatThrownBy(() -> QueryArguments.auditTrail(null, "", null))
                .isInstanceOf(UserFixableException.class)
                .hasMessage("-DeventId is given, but empty; example: '-DeventId=BAC-2013-10-07-trades:trade:BAC:1'");
        assertThatThrownBy(() -> QueryArguments.auditTrail(" ", null, null))
                .isInstanceOf(UserFixableException.class)
                .hasMessageStartingWith("-DeventType is given, but empty");
        assertThatThrownBy(() -> QueryArguments.marketData("", null, null))
                .isInstanceOf(UserFixableException.class)
                .hasMessageStartingWith("-Dsymbol is given, but empty");
    }

    @Test
    void statusesAreReadInAnyCase() {
        assertThat(QueryArguments.auditTrail("Trade Execution", null, "rejected, ERROR")
                        .statuses())
                .isEqualTo(Set.of("REJECTED", "ERROR"));
    }

    @Test
    void unknownStatusIsRefused() {
        assertThatThrownBy(() -> QueryArguments.auditTrail("a", null, "FINE"))
                .isInstanceOf(UserFixableException.class)
                .hasMessageStartingWith("-Dstatus is 'FINE', must be some of SUCCESS, ");
    }

    @Test
    void fromAfterToIsRefused() {
        assertThatThrownBy(() -> QueryArguments.page("1h", "2h", NOW, 10, false))
                .isInstanceOf(UserFixableException.class)
                .hasMessage("-Dfrom is '1h', which is after -Dto, '2h'; example: -Dfrom=2h -Dto=1h");
    }

    @Test
    void limitBelowOneIsRefused() {
        assertThatThrownBy(() -> QueryArguments.page(null, null, NOW, 0, false))
                .isInstanceOf(UserFixableException.class)
                .hasMessage("-Dlimit is 0, must be at least 1; example: -Dlimit=20");
    }

    @Test
    void unknownFormatIsRefused() {
        assertThatThrownBy(() -> OutputFormat.of("xml"))
                .isInstanceOf(UserFixableException.class)
                .hasMessage("-Dformat is 'xml', must be table, json or csv; example: json");
    }
}
