package io.marketpipeline.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-02T14:30:00Z",
                "2026-01-02T14:30:00.100Z",
                "2026-01-02T14:30:00.000120Z",
                "2026-01-02T14:30:00.000000001Z",
                "2024-02-29T23:59:59.999Z",
                "1969-12-31T23:59:59Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z"
            })
    void timeIsWrittenAsTheJdkDoes(String time) {
        assertThat(IsoTime.of(Instant.parse(time))).isEqualTo(time);
    }

    @Test
    void anyTimeIsWrittenAsTheJdkDoes() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 10_000; i++) {
            Instant time = Instant.ofEpochSecond(
                    random.nextLong(-62_000_000_000L, 250_000_000_000L), random.nextInt(1_000_000_000));
            assertThat(IsoTime.of(time)).isEqualTo(time.toString());
        }
    }

    @Test
    void everyDayOfTwoCenturiesIsWrittenInTheBasicFormatAsTheJdkDoes() {
        DateTimeFormatter reference =
                DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
        for (long second = 0; second < 200L * 366 * 86_400; second += 86_400 - 37) {
            assertThat(IsoTime.basic(second)).isEqualTo(reference.format(Instant.ofEpochSecond(second)));
        }
    }
}
