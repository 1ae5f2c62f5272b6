package io.marketpipeline.maven.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.deadletter.DeadLetterMessage;
import io.marketpipeline.event.RawData;
import io.marketpipeline.event.Rejection;
import io.marketpipeline.maven.config.Configurations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
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
    void queuesLetterIsToldByWhereItCameFrom() {
        DeadLetter letter = new DeadLetter(
                "m-1",
                Map.of(),
                Map.of(
                        "SentTimestamp", "1000",
                        "ApproximateReceiveCount", "7",
                        "DeadLetterQueueSourceArn", "arn:aws:sqs:us-east-1:000000000000:market-processor-queue-dev"),
                ENVELOPE);

        assertThat(letter.sender()).isEqualTo(DeadLetter.Sender.QUEUE);
        assertThat(letter.reason()).isEqualTo("receives_used_up");
        assertThat(letter.message()).isEqualTo("market-processor-queue-dev handed it out as often as it may");
        assertThat(letter.receives()).isEqualTo(7);
        assertThat(letter.reached()).isEqualTo(DeadLetter.Reached.UNKNOWN);
    }

    @Test
    void letterThatIsCompressedIsReadAsItCame() {
        DeadLetterMessage message = DeadLetterMessage.of(new io.marketpipeline.deadletter.DeadLetter(
                RawData.of(ENVELOPE.replace("BAC\"}", "BAC\",\"x\":\"" + "x".repeat(2 << 20) + "\"}")),
                Rejection.of("item_too_large", "too large"),
                "bac:trade:BAC:1",
                "Trade Execution",
                "r-1"));
        DeadLetter letter = letter(message.attributes(), message.body());

        assertThat(message.size()).isLessThan(100_000);
        assertThat(letter.symbol()).contains("BAC");
        assertThat(letter.payload()).hasSizeGreaterThan(2 << 20);
    }

    /** One such letter ended dlq, redrive, reconcile and audit with an IllegalArgumentException that named none. */
    @Test
    void letterThatIsNotBase64AsItSaysIsTakenAsItIs() {
        DeadLetter letter = letter(Map.of("MARKET_PIPELINE_BODY_ENCODING", "base64"), "hello");

        assertThat(letter.payload()).asString().isEqualTo("hello");
        assertThat(letter.damage())
                .get()
                .asString()
                .startsWith("Dead letter m-1 says that its body is base64, but it isn't (");
        assertThat(new LetterEvents(Configurations.minimal()).of(letter)).hasSize(1);
    }

    @Test
    void letterThatIsNotCompressedAsItSaysIsTakenAsItIs() {
        DeadLetter letter = letter(Map.of("MARKET_PIPELINE_BODY_ENCODING", "gzip+base64"), "aGVsbG8=");

        assertThat(letter.payload()).asString().isEqualTo("aGVsbG8=");
        assertThat(letter.damage()).get().asString().contains("m-1", "gzip+base64");
    }

    @Test
    void letterThatUnzipsToMoreThanAFunctionTakesIsTakenAsItIs() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(new byte[(6 << 20) + 1]);
        }
        String body = Base64.getEncoder().encodeToString(bytes.toByteArray());
        DeadLetter letter = letter(Map.of("MARKET_PIPELINE_BODY_ENCODING", "gzip+base64"), body);

        assertThat(letter.payload()).asString().isEqualTo(body);
        assertThat(letter.damage()).get().asString().contains("more than the 6 MB that a function takes");
    }

    @Test
    void letterThatIsEncodedAsItSaysHasNoDamage() {
        assertThat(letter(Map.of("MARKET_PIPELINE_BODY_ENCODING", "base64"), "aGVsbG8=")
                        .damage())
                .isEmpty();
        assertThat(letter(Map.of(), "hello").damage()).isEmpty();
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
