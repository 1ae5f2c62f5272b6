package io.marketpipeline.maven.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.event.DecodedEvent;
import io.marketpipeline.event.Envelope;
import io.marketpipeline.event.EnvelopeDecoder;
import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.UserFixableException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Such a time ended query with "ArithmeticException: long overflow". */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "+999999999-12-31T23:59:59Z",
                "-999999999-01-01",
                "999999999d",
                "1969-12-31T23:59:59.999Z",
                "2262-01-01T00:00:00.001Z"
            })
    void timeThatNoEventCanHaveIsRefused(String text) {
        assertThatThrownBy(() -> TimeArgument.parse("-Dto", text, NOW))
                .isInstanceOf(UserFixableException.class)
                .hasMessage("-Dto is '" + text + "', but the tables hold times from 1970 to the end of 2261; example:"
                        + " 2013-10-07T13:30:00Z");
    }

    @Test
    void spanMayHoldAllTimesThatTheFunctionTakes() {
        assertThat(TimeArgument.parse("-Dfrom", "1970-01-01", NOW)).isEqualTo(Instant.EPOCH);
        assertThat(TimeArgument.parse("-Dto", "2262-01-01", NOW)).isEqualTo("2262-01-01T00:00:00Z");
        for (String time : List.of("1970-01-01T00:00:00Z", "2261-12-31T23:59:59.999Z", "2262-01-01T00:00:00Z")) {
            assertThat(TimeArgument.isHeld(Instant.parse(time)))
                    .as("as the function: %s", time)
                    .isEqualTo(
                            LetterEvents.decoder(Configurations.minimal()).decode(event(time))
                                    instanceof DecodedEvent.Valid);
        }
    }

    private static Envelope event(String time) {
        String trade = DeployedPipeline.trade("e").replaceFirst("(\"event_time\":)\"[^\"]*\"", "$1\"" + time + "\"");
        assertThat(trade).contains(time);
        return EnvelopeDecoder.decode(trade.getBytes(StandardCharsets.UTF_8))
                .envelopes()
                .get(0);
    }
}
