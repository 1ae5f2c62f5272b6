package io.marketpipeline.maven.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.marketpipeline.audit.AuditAnswer;
import io.marketpipeline.audit.AuditRecord;
import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.audit.AuditTrail;
import io.marketpipeline.audit.ChainHead;
import io.marketpipeline.audit.InMemoryAuditTrail;
import io.marketpipeline.event.Envelope;
import io.marketpipeline.event.EnvelopeDecoder;
import io.marketpipeline.event.RawData;
import io.marketpipeline.maven.aws.AwsEnvironment;
import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.store.AuditEntry;
import io.marketpipeline.store.AuditTrailQuery;
import io.marketpipeline.store.AuditTrailReader;
import io.marketpipeline.store.Page;
import io.marketpipeline.store.ReadFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

class RedriveTest {
    private static final FunctionAnswer STORED = FunctionAnswer.of(Optional.empty(), "{\"outcome\":\"SUCCESS\"}");

    @TempDir
    private Path directory;

    private final Lines lines = new Lines();
    private final FakeQueue queue = new FakeQueue();
    private final InMemoryAuditTrail audit = new InMemoryAuditTrail();
    private final List<AuditEntry> byFunction = new ArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();

    private void redrive(FunctionCall function, AuditTrail trail, double rate, int limit) throws Exception {
        redrive(function, trail, (query, page) -> recorded(query), InstantSource.system(), rate, limit);
    }

    private void redrive(
            FunctionCall function,
            AuditTrail trail,
            AuditTrailReader reader,
            InstantSource clock,
            double rate,
            int limit)
            throws Exception {
        PipelineConfig config = Configurations.minimal();
        try (RedriveReport report = RedriveReport.create(directory.resolve("report.jsonl"))) {
            new Redrive(
                            new HeldLetters(queue, "url"),
                            function,
                            new LetterEvents(config),
                            new UndeliveredRecords(trail, reader, config, "redrive", clock),
                            new Redrive.Settings(LetterFilter.ALL, rate, limit),
                            AwsEnvironment.of(config),
                            lines.console)
                    .run(report);
        }
    }

    /** Records of the function. */
    private Page<AuditEntry> recorded(AuditTrailQuery query) {
        reads.incrementAndGet();
        return new Page<>(
                byFunction.stream()
                        .filter(entry -> entry.eventId().equals(query.value())
                                && query.statuses().contains(entry.status()))
                        .toList(),
                Optional.empty());
    }

    private void functionRecorded(String eventId, AuditStatus status, long createdAt) {
        functionRecorded(eventId, status, createdAt, "of a receive");
    }

    private void functionRecorded(String eventId, AuditStatus status, long createdAt, String requestId) {
        functionRecorded(eventId, status, createdAt, requestId, Map.of());
    }

    private void functionRecorded(
            String eventId, AuditStatus status, long createdAt, String requestId, Map<String, Object> further) {
        Map<String, Object> attributes = new HashMap<>(Map.of(
                "event_id",
                eventId,
                "status",
                status.name(),
                "created_at",
                BigDecimal.valueOf(createdAt),
                "request_id",
                requestId));
        attributes.putAll(further);
        byFunction.add(new AuditEntry(attributes));
    }

    private void redrive(FunctionCall function) throws Exception {
        redrive(function, audit, 0, 1000);
    }

    @Test
    void letterWhoseOutcomeIsNotKnownStaysAndIsMadeVisible() {
        queue.put("a", "{\"detail\":{\"event_id\":\"e-a\"}}", Map.of("RequestID", "r", "ErrorCode", "200"));

        assertThatExceptionOfType(UserFixableException.class)
                .isThrownBy(() -> redrive(payload -> {
                    throw SdkClientException.create("Connection reset");
                }))
                .withMessageContaining("e-a: its outcome isn't known: Connection reset")
                .withMessageContaining("Look at `mvn market-pipeline:logs -Denv=dev`, mend the cause");
        assertThat(queue.deleted).isEmpty();
        assertThat(queue.visible).containsExactly("a");
    }

    @Test
    void functionThatIsGoneEndsTheRunAndKeepsAllLetters() {
        queue.put("a", "{}", Map.of("RequestID", "r", "ErrorCode", "200"));

        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> redrive(payload -> {
                    throw ResourceNotFoundException.builder()
                            .statusCode(404)
                            .message("Function not found")
                            .build();
                }));
        assertThat(queue.deleted).isEmpty();
        assertThat(queue.visible).containsExactly("a");
    }

    @Test
    void functionThatIsUnreachableIsNotAskedForEveryLetter() {
        for (int i = 0; i < 200; i++) {
            queue.put("m" + i, "{\"n\":" + i + "}", Map.of("RequestID", "r", "ErrorCode", "200"));
        }
        AtomicInteger calls = new AtomicInteger();

        assertThatExceptionOfType(SdkClientException.class)
                .isThrownBy(() -> redrive(payload -> {
                    calls.incrementAndGet();
                    throw SdkClientException.create("Connection refused");
                }));
        assertThat(calls).hasValueLessThan(30);
        assertThat(queue.deleted).isEmpty();
    }

    @Test
    void letterWhoseUndeliveredRecordIsNotWrittenIsNotSent() {
        queue.put(
                "a", "{\"id\":\"env-1\",\"detail\":{}}", Map.of("RULE_ARN", "arn:rule/r", "ERROR_CODE", "THROTTLING"));
        AtomicInteger calls = new AtomicInteger();
        AuditTrail down =
                (records, deadline) -> Collections.nCopies(records.size(), new AuditAnswer.Failed("down", null));

        assertThatExceptionOfType(UserFixableException.class)
                .isThrownBy(() -> redrive(
                        payload -> {
                            calls.incrementAndGet();
                            return STORED;
                        },
                        down,
                        0,
                        10))
                .withMessageContaining("its UNDELIVERED record wasn't written: down");
        assertThat(calls).hasValue(0);
        assertThat(queue.deleted).isEmpty();
    }

    @Test
    void undeliveredRecordIsWrittenOncePerLetterHoweverOftenItIsSent() throws Exception {
        for (int run = 0; run < 2; run++) {
            queue.put("a", "{\"id\":\"env-1\",\"detail\":{}}", Map.of("RULE_ARN", "arn:rule/r", "ERROR_CODE", "X"));
            redrive(payload -> STORED);
        }

        assertThat(audit.records()).singleElement().satisfies(record -> {
            assertThat(record.auditId()).isEqualTo("env-1#UNDELIVERED");
            assertThat(record.details()).contains("\"rule\":\"r\"", "\"written_by\":\"redrive\"");
        });
    }

    @Test
    void letterOfTheQueueHasItsRecordWhereTheFunctionWroteNone() throws Exception {
        queue.putMoved("a", "{\"detail\":{\"event_id\":\"never-came\"}}");
        queue.putMoved("b", "{\"detail\":{\"event_id\":\"came\"}}");
        queue.putMoved("c", "{\"detail\":{\"event_id\":\"came-before-that\"}}");
        functionRecorded("came", AuditStatus.ERROR, FakeQueue.SENT.getEpochSecond() + 1);
        functionRecorded("came-before-that", AuditStatus.SUCCESS, FakeQueue.SENT.getEpochSecond() - 3600);

        redrive(payload -> STORED);

        assertThat(audit.records())
                .extracting(AuditRecord::auditId)
                .containsExactlyInAnyOrder("never-came#UNDELIVERED", "came-before-that#UNDELIVERED");
        assertThat(audit.records().get(0).details())
                .contains("\"reason\":\"receives_used_up\"", "\"sender\":\"queue\"", "\"receives\":5");
    }

    /** It said "No dead letters" where another reader held them all. */
    @Test
    void lettersThatDoNotComeAreTold() throws Exception {
        queue.put("a", "{}", Map.of());
        queue.neverGiven = 7;

        redrive(payload -> STORED);

        assertThat(lines.warnings)
                .singleElement()
                .asString()
                .contains("1 looked at", "about 7 more letters", "look again");
    }

    /** Lambda's letter came after all attempts, so their records are known by the invocation's id and not by their time. */
    @Test
    void letterOfLambdaHasItsRecordWhereTheInvocationWroteNone() throws Exception {
        for (String id : List.of("failed", "timed-out", "stored-by-another")) {
            queue.put(
                    id,
                    "{\"detail\":{\"event_id\":\"" + id + "\"}}",
                    Map.of("RequestID", "r-" + id, "ErrorCode", "200", "ErrorMessage", "Task timed out"));
        }
        functionRecorded("failed", AuditStatus.ERROR, 0, "r-failed");
        functionRecorded("stored-by-another", AuditStatus.SUCCESS, 4_000_000_000L, "another");

        redrive(payload -> STORED);

        assertThat(audit.records())
                .extracting(AuditRecord::auditId)
                .containsExactlyInAnyOrder("timed-out#UNDELIVERED", "stored-by-another#UNDELIVERED");
        assertThat(audit.records().get(0).details())
                .contains("\"reason\":\"function_error 200\"", "\"error\":\"Task timed out\"", "\"sender\":\"Lambda\"");
    }

    @Test
    void trailIsAskedOnceForAnInvocationThatRecordedAnError() throws Exception {
        queue.put("a", "{\"detail\":{\"event_id\":\"e-a\"}}", Map.of("RequestID", "r", "ErrorCode", "200"));
        functionRecorded("e-a", AuditStatus.ERROR, 0, "r");

        redrive(payload -> STORED);

        assertThat(reads).hasValue(1);
        assertThat(audit.records()).isEmpty();
    }

    /** Who refuses a content again finds the record of the first time, which names another request, long before. */
    @Test
    void refusedEventOfALetterHasItsRecordWhoeverRefusedItFirst() throws Exception {
        String refused = "{\"event_id\":\"refused\"}";
        String failed = "{\"event_id\":\"failed\"}";
        String other = "{\"event_id\":\"other\",\"n\":2}";
        String pack = "{\"id\":\"env\",\"detail\":{\"events\":[" + refused + "," + failed + "," + other + "]}}";
        queue.put("a", pack, Map.of("RequestID", "second", "ErrorCode", "200"));
        queue.putMoved("b", pack);
        functionRecorded("refused", AuditStatus.REJECTED, 0, "first", sha256(refused));
        functionRecorded("other", AuditStatus.REJECTED, 0, "first", sha256("{\"event_id\":\"other\",\"n\":1}"));
        functionRecorded("failed", AuditStatus.ERROR, 4_000_000_000L, "second");

        redrive(payload -> STORED);

        assertThat(audit.records())
                .extracting(AuditRecord::auditId)
                .containsExactly("other#UNDELIVERED", "other#UNDELIVERED");
    }

    private static Map<String, Object> sha256(String detail) {
        return Map.of("raw_sha256", RawData.of(detail).sha256());
    }

    /** Whoever meets a row without a record writes it in the place of the one that stored the row, which then finds it. */
    @Test
    void storedEventOfALetterHasItsRecordWhoeverWroteItInItsPlace() throws Exception {
        for (String id : List.of("stored", "stored-by-another", "repeated")) {
            queue.put(
                    id,
                    "{\"detail\":{\"event_id\":\"" + id + "\"}}",
                    Map.of("RequestID", "r-" + id, "ErrorCode", "200"));
        }
        functionRecorded("stored", AuditStatus.SUCCESS, 0, "r", Map.of("details", firstBy("r-stored")));
        functionRecorded("stored-by-another", AuditStatus.SUCCESS, 0, "r", Map.of("details", firstBy("r-other")));
        functionRecorded("repeated", AuditStatus.DUPLICATE, 0, "r", Map.of("details", firstBy("r-repeated")));

        redrive(payload -> STORED);

        assertThat(audit.records())
                .extracting(AuditRecord::auditId)
                .containsExactlyInAnyOrder("stored-by-another#UNDELIVERED", "repeated#UNDELIVERED");
    }

    private static String firstBy(String requestId) {
        return "{\"first_request_id\":\"" + requestId + "\"}";
    }

    private void putPackThatTimedOut(int events) {
        queue.put(
                "a",
                IntStream.range(0, events)
                        .mapToObj(i -> "{\"event_id\":\"e-" + i + "\"}")
                        .collect(Collectors.joining(",", "{\"id\":\"env\",\"detail\":{\"events\":[", "]}}")),
                Map.of("RequestID", "r", "ErrorCode", "200", "ErrorMessage", "Task timed out"));
    }

    /** The time for writing began before the reads, and was over where they took longer: in every run again. */
    @Test
    void packThatTimedOutHasTheTimeForItsRecordsOnceItsEventsAreLookedUp() throws Exception {
        putPackThatTimedOut(2_000);
        AtomicLong clock = new AtomicLong(FakeQueue.SENT.toEpochMilli());
        List<Duration> left = new ArrayList<>();
        AuditTrail trail = (records, deadline) -> {
            left.add(Duration.between(Instant.ofEpochMilli(clock.get()), deadline));
            return audit.record(records, deadline);
        };

        redrive(
                payload -> STORED,
                trail,
                (query, page) -> {
                    clock.addAndGet(30);
                    return recorded(query);
                },
                () -> Instant.ofEpochMilli(clock.get()),
                0,
                10);

        assertThat(reads).hasValue(4 * 2_000);
        assertThat(audit.records(AuditStatus.UNDELIVERED)).hasSize(2_000);
        assertThat(left).containsExactly(Duration.ofSeconds(20 + 200));
        assertThat(queue.deleted).containsExactly("a");
    }

    /** One after the other, those of a full pack took minutes. */
    @Test
    void eventsOfAPackAreLookedUpManyAtATime() throws Exception {
        putPackThatTimedOut(100);
        CountDownLatch atOnce = new CountDownLatch(32);

        redrive(
                payload -> STORED,
                audit,
                (query, page) -> {
                    atOnce.countDown();
                    assertThat(ended(atOnce)).as("32 reads at once").isTrue();
                    return recorded(query);
                },
                InstantSource.system(),
                0,
                10);

        assertThat(audit.records()).hasSize(100);
    }

    private static boolean ended(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void trailThatCannotBeReadIsNotAskedForEveryEventOfAPack() {
        putPackThatTimedOut(2_000);
        AtomicInteger calls = new AtomicInteger();

        assertThatExceptionOfType(UserFixableException.class)
                .isThrownBy(() -> redrive(
                        payload -> {
                            calls.incrementAndGet();
                            return STORED;
                        },
                        audit,
                        (query, page) -> {
                            reads.incrementAndGet();
                            throw new ReadFailedException("table 'audit' can't be read: denied");
                        },
                        InstantSource.system(),
                        0,
                        10))
                .withMessageContaining("its UNDELIVERED record wasn't written: table 'audit' can't be read: denied");
        assertThat(reads).hasValueLessThan(100);
        assertThat(calls).hasValue(0);
        assertThat(audit.records()).isEmpty();
        assertThat(queue.deleted).isEmpty();
    }

    @Test
    void headOfTheRecordsFollowsTheLettersThatTheyAreOfAtOnce() throws Exception {
        queue.put("a", "{\"detail\":{\"event_id\":\"e-a\"}}", Map.of("RULE_ARN", "arn:rule/r", "ERROR_CODE", "X"));
        List<String> before = new ArrayList<>();

        redrive(payload -> {
            before.addAll(lines(directory.resolve("report.jsonl")));
            return STORED;
        });

        assertThat(before).singleElement().satisfies(line -> assertThat(HeadLine.read(line))
                .get()
                .extracting(ChainHead::number)
                .isEqualTo(1L));
    }

    /** The function's letter of a refused event of a pack is an envelope of its own, so another body than the pack's. */
    @Test
    void eventOfAPackThatIsRefusedAgainIsSentAndCountedOnce() throws Exception {
        String pack = "{\"id\":\"env\",\"detail\":{\"events\":[{\"event_id\":\"good\"},{\"event_id\":\"bad\"}]}}";
        queue.putMoved("a", pack);
        queue.put("b", "[{\"detail\":{\"event_id\":\"bad-too\"}},{\"detail\":{\"event_id\":\"good-too\"}}]", Map.of());
        List<String> sent = Collections.synchronizedList(new ArrayList<>());

        redrive(payload -> {
            sent.add(new String(payload, StandardCharsets.UTF_8));
            return refusing(payload, "bad");
        });

        assertThat(sent).hasSize(2);
        assertThat(String.join("\n", lines.lines)).contains("2 events stored, 0 stored before, 2 refused again");
    }

    /** Answers as the function does, and puts the refused events into the queue as it does. */
    private FunctionAnswer refusing(byte[] payload, String part) {
        List<AuditStatus> outcomes = new ArrayList<>();
        for (Envelope envelope : EnvelopeDecoder.decode(payload).envelopes()) {
            boolean refused = envelope.raw().text().contains(part);
            outcomes.add(refused ? AuditStatus.REJECTED : AuditStatus.SUCCESS);
            if (refused) {
                queue.put(
                        "of " + envelope.alone().sha256(),
                        envelope.alone().text(),
                        Map.of("MARKET_PIPELINE_REASON", "missing_symbol"));
            }
        }
        return new FunctionAnswer(outcomes, List.of("missing_symbol"), "");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void base64LetterIsSentAsTheBytesThatCame() throws Exception {
        queue.put(
                "a", "AP8=", Map.of("MARKET_PIPELINE_REASON", "malformed", "MARKET_PIPELINE_BODY_ENCODING", "base64"));
        List<byte[]> sent = new ArrayList<>();

        redrive(payload -> {
            sent.add(payload);
            return STORED;
        });

        assertThat(sent).singleElement().isEqualTo(new byte[] {0, (byte) 0xFF});
    }

    @Test
    void letterThatCannotBeReadIsNamedAndHoldsNoOtherUp() throws Exception {
        queue.put("a", "hello", Map.of("MARKET_PIPELINE_BODY_ENCODING", "base64"));
        queue.put("b", "{\"detail\":{\"event_id\":\"e-b\"}}", Map.of());

        redrive(payload -> STORED);

        assertThat(queue.deleted).containsExactlyInAnyOrder("a", "b");
        assertThat(lines.warnings).singleElement().asString().startsWith("Dead letter a says that its body is base64");
    }

    @Test
    void reportNamesEachLettersOutcome() throws Exception {
        queue.put("a", "{\"detail\":{\"event_id\":\"e-a\"}}", Map.of("RequestID", "r", "ErrorCode", "200"));

        functionRecorded("e-a", AuditStatus.ERROR, 0, "r");
        redrive(payload -> STORED);

        assertThat(Files.readAllLines(directory.resolve("report.jsonl")))
                .containsExactly("{\"message_id\":\"a\",\"event_ids\":[\"e-a\"],\"sender\":\"Lambda\","
                        + "\"reason\":\"function_error 200\",\"outcomes\":[\"SUCCESS\"],\"deleted\":true}");
    }

    @Test
    void switchesThatMakeNoSenseAreNamed() {
        assertThatExceptionOfType(UserFixableException.class)
                .isThrownBy(() -> redrive(payload -> STORED, audit, -1, 10))
                .withMessageContaining("-Drate is -1.0, must be 0");
        assertThatExceptionOfType(UserFixableException.class)
                .isThrownBy(() -> redrive(payload -> STORED, audit, 0, 0))
                .withMessageContaining("-Dlimit is 0, must be at least 1");
    }

    @Test
    void heldLettersAreKeptHiddenUntilTheyAreClosed() {
        queue.put("a", "{}", Map.of());
        queue.put("b", "{}", Map.of());
        HeldLetters held = new HeldLetters(queue, "url");
        List<DeadLetter> letters = held.receive(10);
        held.delete(letters.get(0));

        held.renew();
        assertThat(queue.hiddenFor).containsExactly(120);
        assertThat(queue.visible).isEmpty();
        held.close();
        assertThat(queue.visible).containsExactly("b");
    }

    /** Hands each message out once; a handle is the message's id. */
    private static final class FakeQueue implements SqsClient {
        final List<String> deleted = Collections.synchronizedList(new ArrayList<>());
        final List<String> visible = new ArrayList<>();
        final List<Integer> hiddenFor = new ArrayList<>();
        int neverGiven;
        private final Map<String, Message> waiting = new LinkedHashMap<>();

        static final Instant SENT = Instant.parse("2026-11-22T14:30:00Z");

        synchronized void putMoved(String id, String body) {
            put(id, body, Map.of());
            waiting.computeIfPresent(id, (key, message) -> message.toBuilder()
                    .attributesWithStrings(Map.of(
                            "SentTimestamp", Long.toString(SENT.toEpochMilli()),
                            "ApproximateReceiveCount", "5",
                            "DeadLetterQueueSourceArn",
                                    "arn:aws:sqs:us-east-1:000000000000:market-processor-queue-dev"))
                    .build());
        }

        synchronized void put(String id, String body, Map<String, String> attributes) {
            waiting.put(
                    id,
                    Message.builder()
                            .messageId(id)
                            .receiptHandle(id)
                            .body(body)
                            .attributesWithStrings(Map.of("SentTimestamp", "1000"))
                            .messageAttributes(DeployedPipeline.asMessage(attributes))
                            .build());
        }

        @Override
        public synchronized ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
            List<Message> messages = waiting.values().stream()
                    .limit(request.maxNumberOfMessages())
                    .toList();
            messages.forEach(message -> waiting.remove(message.messageId()));
            return ReceiveMessageResponse.builder().messages(messages).build();
        }

        @Override
        public DeleteMessageResponse deleteMessage(DeleteMessageRequest request) {
            deleted.add(request.receiptHandle());
            return DeleteMessageResponse.builder().build();
        }

        @Override
        public synchronized ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
                ChangeMessageVisibilityBatchRequest request) {
            request.entries().forEach(entry -> {
                if (entry.visibilityTimeout() == 0) {
                    visible.add(entry.receiptHandle());
                } else {
                    hiddenFor.add(entry.visibilityTimeout());
                }
            });
            return ChangeMessageVisibilityBatchResponse.builder().build();
        }

        @Override
        public synchronized GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
            return GetQueueAttributesResponse.builder()
                    .attributes(Map.of(
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                            Integer.toString(waiting.size() + neverGiven)))
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
