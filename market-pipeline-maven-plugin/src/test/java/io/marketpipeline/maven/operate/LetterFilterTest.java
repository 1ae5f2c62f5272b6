package io.marketpipeline.maven.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.marketpipeline.maven.config.UserFixableException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LetterFilterTest {
    private static final DeadLetter LETTER = new DeadLetter(
            "m",
            Map.of("MARKET_PIPELINE_REASON", "invalid_price"),
            Map.of(),
            "{\"detail-type\":\"Trade Execution\",\"detail\":{\"event_id\":\"e-1\",\"symbol\":\"BAC\"}}");

    @Test
    void filterWithoutSwitchesTakesAll() {
        assertThat(LetterFilter.of(null, null, null, null, null)).accepts(LETTER);
    }

    @Test
    void filterTakesWhatMeetsAllItsSwitches() {
        assertThat(LetterFilter.of("Function", "invalid_price", "Trade Execution", "BAC", "e-1"))
                .accepts(LETTER);
    }

    @Test
    void filterLeavesWhatMissesOneSwitch() {
        assertThat(LetterFilter.of("lambda", null, null, null, null)).rejects(LETTER);
        assertThat(LetterFilter.of(null, "malformed", null, null, null)).rejects(LETTER);
        assertThat(LetterFilter.of(null, null, "Market Quote", null, null)).rejects(LETTER);
        assertThat(LetterFilter.of(null, null, null, "AAPL", null)).rejects(LETTER);
        assertThat(LetterFilter.of(null, null, null, null, "e-2")).rejects(LETTER);
    }

    @Test
    void senderWhenUnknownNamesThoseThatThereAre() {
        assertThatExceptionOfType(UserFixableException.class)
                .isThrownBy(() -> LetterFilter.of("sqs", null, null, null, null))
                .withMessage("-Dsender is 'sqs', must be eventbridge, lambda, function, unknown; example:"
                        + " -Dsender=lambda");
    }
}
