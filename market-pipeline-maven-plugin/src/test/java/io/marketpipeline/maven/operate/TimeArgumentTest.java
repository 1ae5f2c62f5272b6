package io.marketpipeline.maven.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.maven.config.UserFixableException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeArgumentTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "15m, 2026-11-22T11:45:00Z",
        "30s, 2026-11-22T11:59:30Z",
        "2h, 2026-11-22T10:00:00Z",
        "7d, 2026-11-15T12:00:00Z",
        "2013-10-07, 2013-10-07T00:00:00Z",
        "2013-10-07T13:30:00.5Z, 2013-10-07T13:30:00.500Z",
        "2013-10-07T09:30:00-04:00, 2013-10-07T13:30:00Z"
    })
    void timeIsRead(String text, Instant expected) {
        assertThat(TimeArgument.parse("-Dfrom", text, NOW)).isEqualTo(expected);
    }

    @Test
    void anythingElseIsRefused() {
        assertThatThrownBy(() -> TimeArgument.parse("-Dsince", "yesterday", NOW))
                .isInstanceOf(UserFixableException.class)
                .hasMessage("-Dsince is 'yesterday', must be a time such as 2013-10-07T13:30:00Z, a date such as"
                        + " 2013-10-07 (UTC), or how long ago, such as 30s, 15m, 2h or 7d");
    }
}
