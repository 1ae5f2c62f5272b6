package io.marketpipeline.maven.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.UserFixableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

class DeadLetterQueueTest {
    private static final DeadLetter PACK = new DeadLetter(
            "m",
            Map.of(),
            Map.of(
                    "SentTimestamp", "1000",
                    "ApproximateReceiveCount", "9",
                    "DeadLetterQueueSourceArn", "arn:aws:sqs:us-east-1:000000000000:q"),
            "{\"detail-type\":\"Trade Execution\",\"detail\":{\"events\":[{\"event_id\":\"e-1\",\"symbol\":\"BAC\"},"
                    + "{\"event_id\":\"e-2\"},{\"event_id\":\"e-3\"}]}}");

    private final FakeQueue queue = new FakeQueue();
    private final Lines lines = new Lines();
    private final DeadLetterListing listing = new DeadLetterListing(Configurations.minimal());

    @TempDir
    private Path directory;

    @Test
    void allLettersAreSeenAndMadeVisibleAgain() {
        queue.hold(25);

        assertThat(new DeadLetterQueue(queue, "url").browse(100)).hasSize(25);
        assertThat(queue.madeVisible).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void noMoreThanAskedForAreLookedAt() {
        queue.hold(25);

        assertThat(new DeadLetterQueue(queue, "url").browse(12)).hasSize(12);
        assertThat(queue.madeVisible).hasSize(12);
    }

    @Test
    void lettersAreListedAndCountedByReason() {
        queue.hold(3);
        listing.print(new DeadLetterQueue(queue, "url").browse(100), 3, OutputFormat.TABLE, lines.console);

        assertThat(lines.results()).hasSize(4);
        assertThat(lines.results().get(0)).startsWith("first_seen").contains("sender", "reason", "event_id");
        assertThat(lines.lines)
                .containsExactly("", "dead letters  sender    reason", "3             function  invalid_price");
    }

    @Test
    void packIsListedByItsFirstEventAndTheNumberOfTheOthers() {
        listing.print(List.of(PACK), 1, OutputFormat.CSV, lines.console);

        assertThat(lines.results().get(1))
                .isEqualTo("1970-01-01T00:00:01Z,queue,receives_used_up,9,5,trade-events-rule-dev,Trade Execution,BAC,"
                        + "e-1 and 2 more,q handed it out as often as it may");
    }

    /** Nothing said which of the pack's events failed, and that the others are stored. */
    @Test
    void packThatWasGivenUpIsToldHowToFindWhatFailed() {
        listing.print(List.of(PACK), 1, OutputFormat.TABLE, lines.console);

        assertThat(lines.lines)
                .endsWith(
                        "1 letter of several events: the log names those that failed, the others are stored or refused, and"
                                + " a redrive finds them so:",
                        "mvn market-pipeline:logs -Denv=dev -Dsince=1970-01-01T00:00:01Z"
                                + " '-Dfilter={ $.message = \"event failed\" }'");
    }

    @Test
    void emptyQueueIsTold() {
        listing.print(List.of(), 0, OutputFormat.TABLE, lines.console);

        assertThat(lines.lines).containsExactly("No dead letters");
    }

    /** It said that there were no dead letters, where the filter had left out those that were looked at. */
    @Test
    void lettersThatAreNotMeantAreToldFromNone() {
        listing.print(List.of(), 3, OutputFormat.TABLE, lines.console);

        assertThat(lines.lines).containsExactly("None of 3 dead letters is meant");
    }

    @Test
    void scriptIsGivenLettersAndNothingElse() {
        listing.print(List.of(), 3, OutputFormat.JSON, lines.console);

        assertThat(lines.lines).isEmpty();
        assertThat(lines.results()).isEmpty();
    }

    @Test
    void lettersAreExportedAsJsonLines() throws Exception {
        queue.hold(2);
        Path file = directory.resolve("new/letters.jsonl");
        listing.export(new DeadLetterQueue(queue, "url").browse(100), file);

        assertThat(Files.readAllLines(file)).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains("\"reason\":\"invalid_price\"", "\"event_id\":\"id-", "\"body\":\"{"));
    }

    /** It ended when two receives gave letters whose hiding had run out, and left the others out without a word. */
    @Test
    void lettersThatComeAgainDoNotEndTheLook() {
        queue.hold(30);
        for (int again = 0; again < 2; again++) {
            IntStream.range(0, 20).forEach(queue::giveFirst);
        }

        assertThat(new DeadLetterQueue(queue, "url").browse(100)).hasSize(30);
    }

    @Test
    void queueThatGivesTheSameForEverIsLeft() {
        queue.hold(3);
        queue.endless = true;

        assertThat(new DeadLetterQueue(queue, "url").browse(100)).hasSize(3);
    }

    @Test
    void lookIsWholeWhereTheQueueSaysThatItHasNoOthers() {
        queue.hold(12);

        LetterLook look = new DeadLetterQueue(queue, "url").browse(100, letter -> {});

        assertThat(look).isEqualTo(new LetterLook(12, 0, 0));
        assertThat(look.warning(100)).isEmpty();
        assertThat(look.doubt()).isEmpty();
    }

    @Test
    void lettersThatDoNotComeAreTold() {
        queue.hold(12);
        queue.heldElsewhere = 5;
        queue.neverGiven = 1995;

        LetterLook look = new DeadLetterQueue(queue, "url").browse(100, letter -> {});

        assertThat(look).isEqualTo(new LetterLook(12, 2000, 5));
        assertThat(look.warning(100))
                .hasValue(
                        "12 looked at, but the queue says that it has about 2,000 more letters (5 held by another reader)."
                                + " What another reader holds is hidden for some minutes, and the queue counts late by up to a"
                                + " minute: look again in two minutes");
        assertThat(look.doubt()).contains("12 were", "about 2,000 more letters");
    }

    @Test
    void lettersBeyondTheLimitAreCounted() {
        queue.hold(25);

        assertThat(new DeadLetterQueue(queue, "url").browse(12, letter -> {}).warning(12))
                .hasValue(
                        "12 looked at, but the queue says that it has about 13 more letters. Raise -Dlimit to see more");
    }

    /** Whoever purged the queue after this lost what wasn't in the file. */
    @Test
    void exportThatIsNotWholeFails() {
        assertThatExceptionOfType(UserFixableException.class)
                .isThrownBy(() -> DeadLetterListing.exported(
                        37_854, new LetterLook(37_854, 2_146, 0), 100_000, Path.of("target/dlq.jsonl")))
                .withMessage(
                        "Wrote 37,854 dead letters to target/dlq.jsonl, but the queue says that it has about 2,146 more"
                                + " letters, which aren't in it: don't purge the queue. What another reader holds is hidden for some"
                                + " minutes, and the queue counts late by up to a minute: look again in two minutes");
    }

    @Test
    void exportSaysWhetherTheQueueHasOthers() {
        Path file = Path.of("target/dlq.jsonl");

        assertThat(DeadLetterListing.exported(3, new LetterLook(3, 0, 0), 1000, file))
                .isEqualTo("Wrote 3 dead letters to target/dlq.jsonl, all that the queue says it has");
        assertThat(DeadLetterListing.exported(1, new LetterLook(3, 0, 0), 1000, file))
                .isEqualTo(
                        "Wrote 1 dead letter to target/dlq.jsonl; 2 in the queue aren't meant and aren't in it: a purge"
                                + " would lose them");
    }

    /** One after the other, the renewals of many letters took longer than letters stay hidden. */
    @Test
    void manyLettersAreRenewedSeveralBatchesAtOnce() {
        queue.hold(30);
        try (HeldLetters held = new HeldLetters(queue, "url")) {
            for (int received = 0; received < 30; ) {
                received += held.receive(30).size();
            }
            queue.together = new CountDownLatch(3);

            held.renew();

            assertThat(queue.together.getCount()).isZero();
            queue.together = new CountDownLatch(0);
        }
    }

    @Test
    void renewalThatFailsHoldsNoOtherUp() {
        queue.hold(30);
        HeldLetters held = new HeldLetters(queue, "url");
        for (int received = 0; received < 30; ) {
            received += held.receive(30).size();
        }
        queue.failing = "h0";

        assertThatExceptionOfType(SdkClientException.class).isThrownBy(held::close);
        assertThat(queue.madeVisible).hasSize(20);
    }

    /** Hides what was received until it is made visible again. */
    private static final class FakeQueue implements SqsClient {
        final List<String> madeVisible = Collections.synchronizedList(new ArrayList<>());
        private final Deque<Message> visible = new ArrayDeque<>();
        private final Set<String> hidden = new HashSet<>();
        boolean endless;
        int heldElsewhere;
        int neverGiven;
        String failing = "";
        CountDownLatch together = new CountDownLatch(0);

        void hold(int letters) {
            IntStream.range(0, letters).mapToObj(FakeQueue::message).forEach(visible::add);
        }

        /** Before all others, as what has become visible again. */
        void giveFirst(int number) {
            visible.addFirst(message(number));
        }

        private static Message message(int number) {
            MessageAttributeValue reason = MessageAttributeValue.builder()
                    .dataType("String")
                    .stringValue("invalid_price")
                    .build();
            return Message.builder()
                    .messageId("m" + number)
                    .receiptHandle("h" + number)
                    .body("{\"detail\":{\"event_id\":\"id-" + number + "\"}}")
                    .attributes(Map.of(MessageSystemAttributeName.SENT_TIMESTAMP, "" + (1000 + number)))
                    .messageAttributes(Map.of("MARKET_PIPELINE_REASON", reason))
                    .build();
        }

        @Override
        public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
            List<Message> messages = new ArrayList<>();
            while (!visible.isEmpty() && messages.size() < request.maxNumberOfMessages()) {
                messages.add(visible.remove());
            }
            messages.forEach(message -> hidden.add(message.messageId()));
            if (endless) {
                visible.addAll(messages);
            }
            return ReceiveMessageResponse.builder().messages(messages).build();
        }

        @Override
        public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
                ChangeMessageVisibilityBatchRequest request) {
            together.countDown();
            await(together);
            if (request.entries().stream()
                    .anyMatch(entry -> entry.receiptHandle().equals(failing))) {
                throw SdkClientException.create("down");
            }
            request.entries().stream()
                    .filter(entry -> entry.visibilityTimeout() == 0)
                    .forEach(entry -> madeVisible.add(entry.receiptHandle()));
            return ChangeMessageVisibilityBatchResponse.builder().build();
        }

        private static void await(CountDownLatch latch) {
            try {
                boolean unused = latch.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
            return GetQueueAttributesResponse.builder()
                    .attributes(Map.of(
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                            Integer.toString(visible.size() + neverGiven),
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                            Integer.toString(hidden.size() + heldElsewhere)))
                    .build();
        }

        @Override
        public String serviceName() {
            return "sqs";
        }

        @Override
        public void close() {}
    }
}
