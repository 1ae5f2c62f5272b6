package io.marketpipeline.ttl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.marketpipeline.event.EventKind;
import io.marketpipeline.event.MarketEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TtlPolicyTest {
    private static final Instant RECEIVED = Instant.parse("2026-11-22T20:15:00Z");

    private static MarketEvent event(String detailType, String exchange) {
        return MarketEvent.builder()
                .kind(EventKind.TRADE)
                .eventId("e")
                .eventTime(Instant.parse("2013-10-07T08:00:00Z"))
                .detailType(detailType)
                .exchange(exchange)
                .symbol("S")
                .build();
    }

    private static Optional<Duration> days(TtlPolicy policy, String detailType, String exchange) {
        return policy.expiry(event(detailType, exchange), RECEIVED).map(expiry -> Duration.between(RECEIVED, expiry));
    }

    @Test
    void expiryCountsFromReceiptAndNotFromTheEvent() {
        assertThat(days(TtlPolicy.days(30), "T", "X")).contains(Duration.ofDays(30));
        assertThat(days(TtlPolicy.never(), "T", "X")).isEmpty();
    }

    @Test
    void expiryWhenAFunctionDecidesIsItsAnswer() {
        TtlPolicy policy = TtlPolicy.of(
                event -> event.exchange().equals("X") ? Optional.of(Duration.ofHours(1)) : Optional.empty());

        assertThat(days(policy, "T", "X")).contains(Duration.ofHours(1));
        assertThat(days(policy, "T", "Y")).isEmpty();
    }

    @Test
    void parseWhenRulesTheFirstThatMatchesWins() {
        TtlPolicy policy = TtlPolicy.parse(
                """
                {"days":30,"rules":[{"detailType":"Q","exchange":"X","days":"never"},{"detailType":"Q","days":7},
                {"exchange":"X","days":90}]}""");

        assertThat(days(policy, "Q", "X")).isEmpty();
        assertThat(days(policy, "Q", "Y")).contains(Duration.ofDays(7));
        assertThat(days(policy, "T", "X")).contains(Duration.ofDays(90));
        assertThat(days(policy, "T", "Y")).contains(Duration.ofDays(30));
    }

    @Test
    void parseWhenEmptyIsThirtyDays() {
        assertThat(days(TtlPolicy.parse("{}"), "T", "X")).contains(Duration.ofDays(30));
        assertThat(days(TtlPolicy.parse("{\"days\":\"never\"}"), "T", "X")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30",
                "[]",
                "{\"days\":0}",
                "{\"days\":-1}",
                "{\"days\":1.5}",
                "{\"days\":99999999999}",
                "{\"days\":\"always\"}",
                "{\"day\":1}",
                "{\"rules\":{}}",
                "{\"rules\":[1]}",
                "{\"rules\":[{\"days\":1}]}",
                "{\"rules\":[{\"detailType\":\"Q\"}]}",
                "{\"rules\":[{\"detailType\":5,\"days\":1}]}",
                "{} {}",
                "{\"rules\":[{\"detailType\":\"Q\",\"days\":1,\"x\":1}]}",
                "{\"days\":30"
            })
    void parseWhenWrongSaysWhatAndShowsAnExample(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TtlPolicy.parse(json))
                .withMessageContaining("\"detailType\":\"Market Quote\"");
    }

    @Test
    void daysWhenNotPositiveIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> TtlPolicy.days(0)).withMessageContaining("never()");
    }
}
