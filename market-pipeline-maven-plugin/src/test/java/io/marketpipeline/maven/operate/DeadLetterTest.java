package io.marketpipeline.maven.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
    private static final String ENVELOPE = "{\"id\":\"e-1\",\"detail-type\":\"Trade Execution\","
            + "\"detail\":{\"event_id\":\"bac:trade:BAC:1\",\"symbol\":\"BAC\"}}";

    @Test
    void functionsLetterIsToldByItsReason() {
        DeadLetter letter = letter(
                Map.of(
                        "MARKET_PIPELINE_REASON", "invalid_price",
                        "MARKET_PIPELINE_MESSAGE", "is missing",
                        "MARKET_PIPELINE_EVENT_ID", "bac:trade:BAC:1"),
                ENVELOPE);

        assertThat(letter.sender()).isEqualTo(DeadLetter.Sender.FUNCTION);
        assertThat(letter.reason()).isEqualTo("invalid_price");
        assertThat(letter.message()).isEqualTo("is missing");
        assertThat(letter.symbol()).contains("BAC");
    }

    @Test
    void eventBridgesLetterNamesRuleAndAttempts() {
        DeadLetter letter = letter(
                Map.of(
                        "RULE_ARN", "arn:aws:events:us-east-1:000000000000:rule/bus/trade-events-rule-dev",
                        "ERROR_CODE", "NO_PERMISSIONS",
                        "ERROR_MESSAGE", "not allowed",
                        "RETRY_ATTEMPTS", "2"),
                ENVELOPE);

        assertThat(letter.sender()).isEqualTo(DeadLetter.Sender.EVENTBRIDGE);
        assertThat(letter.reason()).isEqualTo("NO_PERMISSIONS");
        assertThat(letter.rule()).contains("trade-events-rule-dev");
        assertThat(letter.attempts()).contains("2");
        assertThat(letter.eventId()).contains("bac:trade:BAC:1");
    }

    @Test
    void lambdasLetterIsToldByRequestId() {
        DeadLetter letter =
                letter(Map.of("RequestID", "r-1", "ErrorCode", "200", "ErrorMessage", "timed out"), ENVELOPE);

        assertThat(letter.sender()).isEqualTo(DeadLetter.Sender.LAMBDA);
        assertThat(letter.reason()).isEqualTo("function_error 200");
        assertThat(letter.message()).isEqualTo("timed out");
        assertThat(letter.detailType()).contains("Trade Execution");
    }

    @Test
    void letterOfSomebodyElseIsShownAsFarAsItCanBeRead() {
        DeadLetter letter = letter(Map.of(), "not JSON");

        assertThat(letter.sender()).isEqualTo(DeadLetter.Sender.UNKNOWN);
        assertThat(letter.eventId()).isEmpty();
        assertThat(letter.symbol()).isEmpty();
    }

    @Test
    void envelopeWithoutIdentityIsNamedByItsId() {
        assertThat(letter(Map.of(), "[{\"id\":\"e-1\",\"detail\":{}}]").eventId())
                .contains("e-1");
    }

    private static DeadLetter letter(Map<String, String> attributes, String body) {
        return new DeadLetter("m-1", attributes, Map.of("SentTimestamp", "1000"), body);
    }
}
