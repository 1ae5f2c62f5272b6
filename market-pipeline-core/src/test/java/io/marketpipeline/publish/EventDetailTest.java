package io.marketpipeline.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventDetailTest {
    private static final EventIdentity IDENTITY = new EventIdentity("BAC-2013-10-07-trades", "trade", "BAC", 7);
    private static final Instant TIME = Instant.parse("2013-10-07T13:30:00.123456789Z");

    @Test
    void detailBeginsWithIdentityAndTime() {
        assertThat(EventDetail.of(IDENTITY, TIME).build())
                .isEqualTo("{\"event_id\":\"BAC-2013-10-07-trades:trade:BAC:7\","
                        + "\"event_time\":\"2013-10-07T13:30:00.123456789Z\"}");
    }

    @Test
    void numbersKeepTheirDigitsAndScale() {
        String detail = EventDetail.of(IDENTITY, TIME)
                .number("price", new BigDecimal("13.9400"))
                .number("tiny", new BigDecimal("1E-9"))
                .number("long", new BigDecimal("12345678901234567890.12345678901234567"))
                .build();

        assertThat(detail)
                .contains("\"price\":13.9400", "\"tiny\":0.000000001", "12345678901234567890.12345678901234567");
    }

    @Test
    void textIsEscaped() {
        assertThat(EventDetail.of(IDENTITY, TIME).text("note", "a \"b\"\n").build())
                .contains("\"note\":\"a \\\"b\\\"\\n\"");
    }

    @Test
    void fieldGivenTwiceIsRefused() {
        assertThatThrownBy(() -> EventDetail.of(IDENTITY, TIME).text("event_id", "other"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("event_id");
    }

    @Test
    void identityWithOddDataSetIsRefused() {
        assertThatThrownBy(() -> new EventIdentity("a b", "trade", "BAC", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("data set 'a b' may hold letters, digits, '.', '_' and '-' only");
    }
}
