package io.marketpipeline.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimesTest {
    private static Instant instant(String text) {
        long nanos = EventTimes.parse(text);
        assertThat(nanos).as(text).isNotEqualTo(EventTimes.NONE);
        return Instant.ofEpochSecond(nanos / 1_000_000_000L, nanos % 1_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2013-10-07T08:00:00.614Z",
                "2013-10-07T08:00:00Z",
                "2013-10-07T08:00:00.123456789Z",
                "2013-10-07T08:00:00.1-04:00",
                "2024-02-29T23:59:59+05:30",
                "1970-01-01T00:00:00Z",
                "2261-12-31T23:59:59.999999999Z"
            })
    void parseWhenIsoAgreesWithTheJdk(String text) {
        assertThat(instant(text)).isEqualTo(OffsetDateTime.parse(text).toInstant());
    }

    @Test
    void parseWhenAnyInstantAgreesWithTheJdk() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            Instant instant =
                    Instant.ofEpochSecond((long) (random.nextDouble() * 9_214_646_399L), random.nextInt(1_000_000_000));
            assertThat(instant(instant.toString())).isEqualTo(instant);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1381132800, 2013-10-07T08:00:00Z",
        "1381132800.614, 2013-10-07T08:00:00.614Z",
        "1381132800614, 2013-10-07T08:00:00.614Z",
        "1381132800614123, 2013-10-07T08:00:00.614123Z",
        "1381132800614123456, 2013-10-07T08:00:00.614123456Z",
        "100000000, 1973-03-03T09:46:40Z",
        "100000000000, 1973-03-03T09:46:40Z",
        "9214646399999999999, 2261-12-31T23:59:59.999999999Z"
    })
    void parseWhenEpochTakesTheUnitFromTheMagnitude(String text, Instant expected) {
        assertThat(instant(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-1",
                "99999999",
                "9214646400",
                "9214646400000",
                "9223372036854775807",
                "99999999999999999999",
                "1381132800614.5",
                "1381132800.",
                "1.3e9",
                "2013-10-07",
                "2013-10-07T08:00:00",
                "2013-10-07 08:00:00Z",
                "2013-02-29T08:00:00Z",
                "2013-13-07T08:00:00Z",
                "2013-10-07T24:00:00Z",
                "2013-10-07T08:00:60Z",
                "2013-10-07T08:00:00.Z",
                "2013-10-07T08:00:00.1234567890Z",
                "1969-12-31T23:59:59Z",
                "2262-01-01T00:00:00Z",
                "2013-10-07T08:00:00+1",
                "2013-10-07T08:00:00+25:00",
                "2013-1O-07T08:00:00Z"
            })
    void parseWhenNoTimeInRangeIsNone(String text) {
        assertThat(EventTimes.parse(text)).isEqualTo(EventTimes.NONE);
    }
}
