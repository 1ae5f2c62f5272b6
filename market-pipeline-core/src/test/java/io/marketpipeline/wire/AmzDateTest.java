package io.marketpipeline.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;

class AmzDateTest {
    private static final DateTimeFormatter REFERENCE =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    @Test
    void everyDayOfTwoCenturiesIsWrittenAsTheJdkWritesIt() {
        for (long second = 0; second < 200L * 366 * 86_400; second += 86_400 - 37) {
            assertThat(AmzDate.of(second)).isEqualTo(REFERENCE.format(Instant.ofEpochSecond(second)));
        }
    }
}
