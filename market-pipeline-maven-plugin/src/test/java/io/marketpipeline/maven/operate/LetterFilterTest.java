package io.marketpipeline.maven.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.UserFixableException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LetterFilterTest {
    private static final DeadLetter LETTER = new DeadLetter(
            "m",
            Map.of("MARKET_PIPELINE_REASON", "invalid_price"),
            Map.of(),
            "{\"detail-type\":\"Trade Execution\",\"detail\":{\"event_id\":\"e-1\",\"symbol\":\"BAC\"}}");

    private static final DeadLetter PACK = new DeadLetter(
            "m",
            Map.of(),
            Map.of(),
            "{\"detail-type\":\"Trade Execution\",\"detail\":{\"events\":[{\"event_id\":\"e-1\",\"symbol\":\"BAC\"},"
                    + "{\"event_id\":\"e-2\",\"symbol\":\"IBM\"}]}}");

    private static boolean takes(LetterFilter filter, DeadLetter letter) {
        return filter.test(letter, new LetterEvents(Configurations.minimal()).of(letter));
    }

    @Test
    void filterWithoutSwitchesTakesAll() {
        assertThat(takes(LetterFilter.of(null, null, null, null, null), LETTER)).isTrue();
    }

    @Test
    void filterWithoutSwitchesTakesALetterWithoutAnyEvent() {
        LetterFilter all = LetterFilter.of(null, null, null, null, null);

        assertThat(List.of("", "[]", "{\"detail\":{\"events\":[]}}", "{\"Records\":[]}"))
                .allMatch(body -> takes(all, new DeadLetter("m", Map.of(), Map.of(), body)));
    }

    @Test
    void filterTakesWhatMeetsAllItsSwitches() {
        assertThat(takes(LetterFilter.of("Function", "invalid_price", "Trade Execution", "BAC", "e-1"), LETTER))
                .isTrue();
    }

    @Test
    void filterLeavesWhatMissesOneSwitch() {
        assertThat(takes(LetterFilter.of("lambda", null, null, null, null), LETTER))
                .isFalse();
        assertThat(takes(LetterFilter.of(null, "malformed", null, null, null), LETTER))
                .isFalse();
        assertThat(takes(LetterFilter.of(null, null, "Market Quote", null, null), LETTER))
                .isFalse();
        assertThat(takes(LetterFilter.of(null, null, null, "AAPL", null), LETTER))
                .isFalse();
        assertThat(takes(LetterFilter.of(null, null, null, null, "e-2"), LETTER))
                .isFalse();
    }

    @Test
    void packIsMeantWhereOneOfItsEventsIs() {
        assertThat(takes(LetterFilter.of(null, null, null, null, "e-2"), PACK)).isTrue();
        assertThat(takes(LetterFilter.of(null, null, null, "IBM", null), PACK)).isTrue();
        assertThat(takes(LetterFilter.of(null, null, null, "IBM", "e-1"), PACK)).isFalse();
    }

    @Test
    void senderWhenUnknownNamesThoseThatThereAre() {
        assertThatExceptionOfType(UserFixableException.class)
                .isThrownBy(() -> LetterFilter.of("sqs", null, null, null, null))
                .withMessage("-Dsender is 'sqs', must be eventbridge, lambda, function, queue, unknown; example:"
                        + " -Dsender=lambda");
    }
}
