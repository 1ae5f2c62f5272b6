package io.marketpipeline.maven.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.audit.AuditStatus;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FunctionAnswerTest {
    private static FunctionAnswer returned(String payload) {
        return FunctionAnswer.of(Optional.empty(), payload);
    }

    @Test
    void answerOfOneEventNamesItsOutcome() {
        assertThat(returned("{\"statusCode\":200,\"body\":\"{}\",\"outcome\":\"DUPLICATE\"}")
                        .outcomes())
                .containsExactly(AuditStatus.DUPLICATE);
    }

    @Test
    void answerOfSeveralEventsNamesEachAndTheReasonsOfTheRefused() {
        FunctionAnswer answer = returned(
                "{\"outcomes\":[{\"outcome\":\"SUCCESS\"},{\"outcome\":\"REJECTED\",\"reason\":\"malformed\"}]}");

        assertThat(answer.isFinal()).isTrue();
        assertThat(answer.outcomes()).containsExactly(AuditStatus.SUCCESS, AuditStatus.REJECTED);
        assertThat(answer.reasons()).containsExactly("malformed");
    }

    @Test
    void failureOfTheFunctionIsNoOutcome() {
        FunctionAnswer answer =
                FunctionAnswer.of(Optional.of("Unhandled"), "{\"errorMessage\":\"1 of 1 events failed: e-1\"}");

        assertThat(answer.isFinal()).isFalse();
        assertThat(answer.failure()).isEqualTo("1 of 1 events failed: e-1");
    }

    @Test
    void answerWithoutOutcomeIsNoneEvenWhereTheFunctionReturned() {
        assertThat(returned("{\"statusCode\":200}").failure()).contains("names no outcome");
        assertThat(returned("{\"outcome\":\"ERROR\"}").isFinal()).isFalse();
        assertThat(returned("{\"outcomes\":[]}").isFinal()).isFalse();
        assertThat(returned("gone").failure()).isEqualTo("the function's answer isn't JSON");
    }
}
