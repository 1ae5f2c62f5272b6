package io.marketpipeline.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarketEventTest {
    private static final MarketEvent EVENT = MarketEvent.builder()
            .kind(EventKind.TRADE)
            .eventId("e")
            .eventTime(Instant.parse("2013-10-07T08:00:00.614123456Z"))
            .detailType("Trade Execution")
            .exchange("X")
            .symbol("S")
            .price(BigDecimal.ONE)
            .attribute("flags", List.of("late"))
            .build();

    @Test
    void toBuilderKeepsEverything() {
        assertThat(EVENT.toBuilder().build()).isEqualTo(EVENT);
        assertThat(EVENT.toBuilder().symbol("T").build()).isNotEqualTo(EVENT);
    }

    @Test
    void eventTimeWhenFinerThanAMillisecondKeepsTheRest() {
        assertThat(EVENT.eventTimeNanos()).isEqualTo(123_456);
        assertThat(EVENT.eventTime()).isEqualTo(Instant.parse("2013-10-07T08:00:00.614123456Z"));
    }

    @Test
    void attributeWhenNameIsTheRowsOwnIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EVENT.toBuilder().attribute("price", "1"))
                .withMessageContaining("'price'");
    }

    @Test
    void attributeWhenNumberDoesNotFitIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EVENT.toBuilder().attribute("n", new BigDecimal("1E+126")))
                .withMessageContaining("38");
    }

    @Test
    void buildWhenIdentityIsMissingNamesIt() {
        assertThatNullPointerException()
                .isThrownBy(() -> MarketEvent.builder().kind(EventKind.TRADE).build())
                .withMessageContaining("eventId");
    }
}
