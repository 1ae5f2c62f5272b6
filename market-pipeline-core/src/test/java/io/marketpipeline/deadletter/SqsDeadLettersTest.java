package io.marketpipeline.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.event.RawData;
import io.marketpipeline.event.Rejection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

class SqsDeadLettersTest {
    private static final String URL = "http://127.0.0.1/000000000000/dlq";

    private final List<SendMessageRequest> sent = new ArrayList<>();
    private boolean gone;

    private final SqsClient client = new SqsClient() {
        @Override
        public SendMessageResponse sendMessage(SendMessageRequest request) {
            if (gone) {
                throw QueueDoesNotExistException.builder()
                        .message("no such queue")
                        .build();
            }
            sent.add(request);
            return SendMessageResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return "sqs";
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    private DeadLetterAnswer send(RawData envelope, Rejection rejection) {
        DeadLetter letter = new DeadLetter(envelope, rejection, "e-1", "Trade Execution", "r1");
        return SqsDeadLetters.to(URL, client)
                .send(List.of(letter), Instant.now().plusSeconds(10))
                .get(0);
    }

    private String attribute(String name) {
        return sent.get(0).messageAttributes().get(name).stringValue();
    }

    @Test
    void sendKeepsTheEnvelopeAndNamesTheReason() {
        Rejection rejection = Rejection.ofField("invalid_price", "price", "must be a number");

        assertThat(send(RawData.of("{\"a\": 1}"), rejection)).isEqualTo(new DeadLetterAnswer.Sent());

        assertThat(sent.get(0).queueUrl()).isEqualTo(URL);
        assertThat(sent.get(0).messageBody()).isEqualTo("{\"a\": 1}");
        assertThat(attribute("MARKET_PIPELINE_REASON")).isEqualTo("invalid_price");
        assertThat(attribute("MARKET_PIPELINE_FIELD")).isEqualTo("price");
        assertThat(attribute("MARKET_PIPELINE_MESSAGE")).isEqualTo("price must be a number");
        assertThat(attribute("MARKET_PIPELINE_EVENT_ID")).isEqualTo("e-1");
        assertThat(attribute("MARKET_PIPELINE_DETAIL_TYPE")).isEqualTo("Trade Execution");
        assertThat(attribute("MARKET_PIPELINE_REQUEST_ID")).isEqualTo("r1");
        assertThat(sent.get(0).messageAttributes()).hasSize(6);
    }

    @Test
    void sendWhenReasonHasWhatSqsDoesNotCarryReplacesAndCutsIt() {
        send(RawData.of("{}"), Rejection.of("own", "a\u0000b\uFFFF" + "x".repeat(5000)));

        assertThat(attribute("MARKET_PIPELINE_MESSAGE"))
                .startsWith("a\uFFFDb\uFFFDxx")
                .hasSize(1024);
        assertThat(sent.get(0).messageAttributes()).doesNotContainKey("MARKET_PIPELINE_FIELD");
    }

    @Test
    void sendWhenEnvelopeIsNotCarriedAsTextSendsItInBase64() {
        byte[] bytes = {'{', 0, (byte) 0xFF};

        send(RawData.of(bytes, 0, 3), Rejection.of("malformed", "not JSON"));

        assertThat(attribute("MARKET_PIPELINE_BODY_ENCODING")).isEqualTo("base64");
        assertThat(Base64.getDecoder().decode(sent.get(0).messageBody())).isEqualTo(bytes);
    }

    @Test
    void sendWhenPayloadIsEmptySendsABlank() {
        send(RawData.empty(), Rejection.of("malformed", "empty payload"));

        assertThat(sent.get(0).messageBody()).isEqualTo(" ");
    }

    @Test
    void sendWhenQueueIsGoneFailsAndNamesIt() {
        gone = true;

        assertThat(send(RawData.of("{}"), Rejection.of("r", "m")))
                .isInstanceOfSatisfying(DeadLetterAnswer.Failed.class, failed -> assertThat(failed.message())
                        .contains(URL, "no such queue"));
    }

    @Test
    void sendWhenNoTimeIsLeftFailsWithoutTrying() {
        DeadLetter letter = new DeadLetter(RawData.of("{}"), Rejection.of("r", "m"), "e", null, "r1");

        assertThat(SqsDeadLetters.to(URL, client).send(List.of(letter), Instant.EPOCH))
                .singleElement()
                .isInstanceOf(DeadLetterAnswer.Failed.class);
        assertThat(sent).isEmpty();
    }

    @Test
    void sendWhenNoQueueIsSetFailsAndNamesTheVariable() {
        DeadLetter letter = new DeadLetter(RawData.of("{}"), Rejection.of("r", "m"), "e", null, "r1");

        assertThat(new UnsetDeadLetters().send(List.of(letter), Instant.MAX))
                .singleElement()
                .isInstanceOfSatisfying(DeadLetterAnswer.Failed.class, failed -> assertThat(failed.message())
                        .contains("MARKET_PIPELINE_DEAD_LETTER_QUEUE_URL"));
    }
}
