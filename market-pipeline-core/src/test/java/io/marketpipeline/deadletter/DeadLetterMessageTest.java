package io.marketpipeline.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.event.RawData;
import io.marketpipeline.event.Rejection;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadLetterMessageTest {
    private static DeadLetterMessage message(RawData envelope, Rejection rejection) {
        return DeadLetterMessage.of(new DeadLetter(envelope, rejection, "e-1", "Trade Execution", "r1"));
    }

    @Test
    void messageKeepsTheEnvelopeAndNamesTheReason() {
        DeadLetterMessage message =
                message(RawData.of("{\"a\": 1}"), Rejection.ofField("invalid_price", "price", "must be a number"));

        assertThat(message.body()).isEqualTo("{\"a\": 1}");
        assertThat(message.attributes())
                .containsEntry("MARKET_PIPELINE_REASON", "invalid_price")
                .containsEntry("MARKET_PIPELINE_FIELD", "price")
                .containsEntry("MARKET_PIPELINE_MESSAGE", "price must be a number")
                .containsEntry("MARKET_PIPELINE_EVENT_ID", "e-1")
                .containsEntry("MARKET_PIPELINE_DETAIL_TYPE", "Trade Execution")
                .containsEntry("MARKET_PIPELINE_REQUEST_ID", "r1")
                .hasSize(6);
    }

    @Test
    void reasonWithWhatSqsDoesNotCarryIsReplacedAndCut() {
        DeadLetterMessage message = message(RawData.of("{}"), Rejection.of("own", "a\u0000b\uFFFF" + "x".repeat(5000)));

        assertThat(message.attributes().get("MARKET_PIPELINE_MESSAGE"))
                .startsWith("a\uFFFDb\uFFFDxx")
                .hasSize(1024);
        assertThat(message.attributes()).doesNotContainKey("MARKET_PIPELINE_FIELD");
    }

    @Test
    void envelopeThatIsNotCarriedAsTextIsInBase64() {
        byte[] bytes = {'{', 0, (byte) 0xFF};

        DeadLetterMessage message = message(RawData.of(bytes, 0, 3), Rejection.of("malformed", "not JSON"));

        assertThat(message.attributes()).containsEntry("MARKET_PIPELINE_BODY_ENCODING", "base64");
        assertThat(Base64.getDecoder().decode(message.body())).isEqualTo(bytes);
    }

    @Test
    void emptyPayloadIsABlank() {
        assertThat(message(RawData.empty(), Rejection.of("malformed", "empty payload"))
                        .body())
                .isEqualTo(" ");
    }

    @Test
    void sizeCountsTheBodyAndEachAttributesNameTypeAndValue() {
        DeadLetterMessage message = new DeadLetterMessage("ä", Map.of("n", "ö"));

        assertThat(message.size()).isEqualTo(2 + 1 + "String".length() + 2);
    }

    @Test
    void letterWhenNoQueueIsSetFailsAndNamesTheVariable() {
        DeadLetter letter = new DeadLetter(RawData.of("{}"), Rejection.of("r", "m"), "e", null, "r1");

        assertThat(new UnsetDeadLetters().send(List.of(letter), Instant.MAX))
                .singleElement()
                .isInstanceOfSatisfying(DeadLetterAnswer.Failed.class, failed -> assertThat(failed.message())
                        .contains("MARKET_PIPELINE_DEAD_LETTER_QUEUE_URL"));
    }
}
