package io.marketpipeline.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.event.RawData;
import io.marketpipeline.event.Rejection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every way to a queue must do, whichever client it has. */
public abstract class DeadLettersContract {
    private static final DeadLetterAnswer SENT = new DeadLetterAnswer.Sent();

    private FakeQueue queue;
    private DeadLetters letters;

    /** The way to the queue. */
    protected abstract DeadLetters open(FakeQueue queue, String url);

    @BeforeEach
    void open() throws IOException {
        queue = new FakeQueue();
        letters = open(queue, queue.url());
    }

    @AfterEach
    void close() {
        queue.close();
    }

    private static DeadLetter letter(RawData envelope) {
        return new DeadLetter(
                envelope, Rejection.ofField("invalid_price", "price", "must be a number"), "e-1", "Trade", "r1");
    }

    private List<DeadLetterAnswer> send(String... bodies) {
        List<DeadLetter> all = new ArrayList<>();
        for (String body : bodies) {
            all.add(letter(RawData.of(body)));
        }
        return letters.send(all, Instant.now().plusSeconds(20));
    }

    private static String[] bodies(int count) {
        String[] bodies = new String[count];
        for (int i = 0; i < count; i++) {
            bodies[i] = "{\"n\":" + i + "}";
        }
        return bodies;
    }

    private List<Integer> callSizes() {
        return queue.calls().stream().map(List::size).toList();
    }

    private static String message(DeadLetterAnswer answer) {
        return ((DeadLetterAnswer.Failed) answer).message();
    }

    @Test
    void lettersTravelTenACall() {
        assertThat(send(bodies(25))).hasSize(25).containsOnly(SENT);

        assertThat(callSizes()).containsExactlyInAnyOrder(10, 10, 5);
        assertThat(queue.calls().stream().flatMap(List::stream).map(FakeQueue.Entry::body))
                .containsExactlyInAnyOrder(bodies(25));
    }

    @Test
    void letterKeepsItsEnvelopeAndNamesItsReason() {
        assertThat(send("{\"a\": \"ä\uD83D\uDE00\\u0041\"}")).containsExactly(SENT);

        FakeQueue.Entry entry = queue.calls().get(0).get(0);
        assertThat(entry.body()).isEqualTo("{\"a\": \"ä\uD83D\uDE00\\u0041\"}");
        assertThat(entry.attributes())
                .containsEntry("MARKET_PIPELINE_REASON", "invalid_price")
                .containsEntry("MARKET_PIPELINE_FIELD", "price")
                .containsEntry("MARKET_PIPELINE_REQUEST_ID", "r1");
    }

    @Test
    void letterThatTheQueueDidNotTakeIsSentAgainAlone() {
        queue.refuse("{\"n\":3}", 2, "InternalError", false);

        assertThat(send(bodies(5))).hasSize(5).containsOnly(SENT);

        assertThat(callSizes()).containsExactly(5, 1, 1);
        assertThat(queue.calls().get(2)).extracting(FakeQueue.Entry::body).containsExactly("{\"n\":3}");
    }

    @Test
    void letterThatIsRefusedForGoodFailsAlone() {
        queue.refuse("{\"n\":1}", 9, "InvalidMessageContents", true);

        List<DeadLetterAnswer> answers = send(bodies(3));

        assertThat(List.of(answers.get(0), answers.get(2))).containsOnly(SENT);
        assertThat(message(answers.get(1))).contains(queue.url(), "InvalidMessageContents", "as told");
        assertThat(callSizes()).containsExactly(3);
    }

    @Test
    void letterThatTheAnswerDoesNotNameIsSentAgain() {
        queue.passOver("{\"n\":0}");

        assertThat(send(bodies(2))).containsExactly(SENT, SENT);

        assertThat(callSizes()).containsExactly(2, 1);
    }

    @Test
    void letterThatIsNeverTakenFailsAtTheDeadline() {
        queue.refuse("{\"n\":0}", Integer.MAX_VALUE, "ServiceUnavailable", false);

        Instant start = Instant.now();
        DeadLetterAnswer answer = letters.send(List.of(letter(RawData.of("{\"n\":0}"))), start.plusMillis(500))
                .get(0);

        assertThat(answer).isInstanceOf(DeadLetterAnswer.Failed.class);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void largeLettersShareNoCallThatIsTooLarge() {
        String[] large = new String[5];
        for (int i = 0; i < large.length; i++) {
            large[i] = "{\"n\":" + i + ",\"x\":\"" + "x".repeat(100 << 10) + "\"}";
        }

        assertThat(send(large)).hasSize(5).containsOnly(SENT);

        assertThat(callSizes()).containsExactlyInAnyOrder(2, 2, 1);
    }

    @Test
    void letterThatIsTooLargeForAMessageIsCompressed() throws IOException {
        String huge = "{\"x\":\"" + "price,".repeat(500_000) + "\"}";

        assertThat(send(huge)).containsExactly(SENT);

        FakeQueue.Entry entry = queue.calls().get(0).get(0);
        assertThat(entry.attributes()).containsEntry("MARKET_PIPELINE_BODY_ENCODING", "gzip+base64");
        byte[] zip = Base64.getDecoder().decode(entry.body());
        assertThat(new GZIPInputStream(new ByteArrayInputStream(zip)).readAllBytes())
                .isEqualTo(huge.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void letterThatNoMessageCanHoldFailsByNameAndHarmsNoOther() {
        byte[] noise = new byte[1_100_000];
        new Random(7).nextBytes(noise);

        List<DeadLetterAnswer> answers = letters.send(
                List.of(letter(RawData.of(noise, 0, noise.length)), letter(RawData.of("{}"))),
                Instant.now().plusSeconds(20));

        assertThat(message(answers.get(0)))
                .startsWith("letter_too_large: it has 1")
                .contains("SQS takes 1048576");
        assertThat(answers.get(1)).isEqualTo(SENT);
        assertThat(callSizes()).containsExactly(1);
    }

    @Test
    void callThatIsRefusedFailsItsLettersAndNamesTheQueue() {
        queue.fail("QueueDoesNotExist");

        assertThat(send(bodies(2))).hasSize(2).allSatisfy(answer -> assertThat(message(answer))
                .contains(queue.url(), "QueueDoesNotExist"));
        assertThat(callSizes()).containsExactly(2);
    }

    @Test
    void letterWhenNoTimeIsLeftFailsWithoutACall() {
        assertThat(letters.send(List.of(letter(RawData.of("{}"))), Instant.EPOCH))
                .singleElement()
                .satisfies(answer -> assertThat(message(answer)).contains("no time left"));
        assertThat(queue.calls()).isEmpty();
    }

    @Test
    void noLetterIsNoCall() {
        assertThat(letters.send(List.of(), Instant.now().plusSeconds(20))).isEmpty();
        assertThat(queue.calls()).isEmpty();
    }
}
