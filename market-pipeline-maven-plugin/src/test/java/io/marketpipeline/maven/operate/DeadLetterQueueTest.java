package io.marketpipeline.maven.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.maven.config.Configurations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
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
        listing.print(new DeadLetterQueue(queue, "url").browse(100), 3, 100, OutputFormat.TABLE, lines.console);

        assertThat(lines.results()).hasSize(4);
        assertThat(lines.results().get(0)).startsWith("first_seen").contains("sender", "reason", "event_id");
        assertThat(lines.lines)
                .containsExactly("", "dead letters  sender    reason", "3             function  invalid_price");
    }

    @Test
    void packIsListedByItsFirstEventAndTheNumberOfTheOthers() {
        listing.print(List.of(PACK), 1, 100, OutputFormat.CSV, lines.console);

        assertThat(lines.results().get(1))
                .isEqualTo("1970-01-01T00:00:01Z,queue,receives_used_up,9,5,trade-events-rule-dev,Trade Execution,BAC,"
                        + "e-1 and 2 more,q handed it out as often as it may");
    }

    /** Nothing said which of the pack's events failed, and that the others are stored. */
    @Test
    void packThatWasGivenUpIsToldHowToFindWhatFailed() {
        listing.print(List.of(PACK), 1, 100, OutputFormat.TABLE, lines.console);

        assertThat(lines.lines)
                .endsWith(
                        "1 letter of several events: the log names those that failed, the others are stored or refused, and"
                                + " a redrive finds them so:",
                        "mvn market-pipeline:logs -Denv=dev -Dsince=1970-01-01T00:00:01Z"
                                + " '-Dfilter={ $.message = \"event failed\" }'");
    }

    @Test
    void emptyQueueIsTold() {
        listing.print(List.of(), 0, 100, OutputFormat.TABLE, lines.console);

        assertThat(lines.lines).containsExactly("No dead letters");
    }

    /** It said that there were no dead letters, where the filter had left out those that were looked at. */
    @Test
    void lettersThatAreNotMeantAreToldFromNone() {
        listing.print(List.of(), 3, 3, OutputFormat.TABLE, lines.console);

        assertThat(lines.lines)
                .containsExactly(
                        "None of 3 dead letters is meant",
                        "Only the first 3 were looked at; raise -Dlimit to see more");
    }

    @Test
    void scriptIsGivenLettersAndNothingElse() {
        listing.print(List.of(), 3, 3, OutputFormat.JSON, lines.console);

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

    /** Hides what was received until it is made visible again. */
    private static final class FakeQueue implements SqsClient {
        final List<String> madeVisible = new ArrayList<>();
        private final Deque<Message> visible = new ArrayDeque<>();

        void hold(int letters) {
            IntStream.range(0, letters).mapToObj(FakeQueue::message).forEach(visible::add);
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
            return ReceiveMessageResponse.builder().messages(messages).build();
        }

        @Override
        public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
                ChangeMessageVisibilityBatchRequest request) {
            request.entries().forEach(entry -> {
                assertThat(entry.visibilityTimeout()).isZero();
                madeVisible.add(entry.receiptHandle());
            });
            return ChangeMessageVisibilityBatchResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return "sqs";
        }

        @Override
        public void close() {}
    }
}
