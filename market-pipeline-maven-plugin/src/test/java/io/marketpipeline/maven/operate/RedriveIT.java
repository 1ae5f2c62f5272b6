package io.marketpipeline.maven.operate;

import static io.marketpipeline.maven.operate.DeployedPipeline.trade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.marketpipeline.event.RawData;
import io.marketpipeline.maven.JavaProcess;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.story.EventStories;
import io.marketpipeline.store.AuditTrailQuery;
import io.marketpipeline.store.PageRequest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Redriving with the real function, queue and tables of the local endpoint. */
class RedriveIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    private static DeployedPipeline pipeline;

    @BeforeAll
    static void start() throws Exception {
        pipeline = DeployedPipeline.start(directory);
    }

    @AfterAll
    static void end() {
        pipeline.close();
    }

    @BeforeEach
    void emptyTheQueue() {
        pipeline.clients().sqs().purgeQueue(request -> request.queueUrl(pipeline.queueUrl()));
        pipeline.said();
    }

    /** As EventBridge leaves them. */
    private static void undelivered(String body) {
        pipeline.letter(
                body,
                Map.of(
                        "RULE_ARN", "arn:aws:events:us-east-1:000000000000:rule/bus/trade-events-rule-it",
                        "TARGET_ARN", "arn",
                        "ERROR_CODE", "THROTTLING",
                        "ERROR_MESSAGE", "Rate exceeded",
                        "RETRY_ATTEMPTS", "2"));
    }

    /** As Lambda leaves them. */
    private static void failedInvocation(String body, String errorCode) {
        failedInvocation(body, errorCode, "r-1");
    }

    private static void failedInvocation(String body, String errorCode, String requestId) {
        pipeline.letter(body, Map.of("RequestID", requestId, "ErrorCode", errorCode, "ErrorMessage", "gone"));
    }

    /** Of the invocation that recorded the event. */
    private static String requestId(String eventId) throws Exception {
        Matcher id = Pattern.compile("\"request_id\":\"([^\"]+)\"").matcher(audit(eventId));
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    private static void redrive(LetterFilter filter, int limit) throws Exception {
        pipeline.operations().redrive(filter, 0, limit, directory.resolve("redrive.jsonl"));
    }

    private static void redriveAll() throws Exception {
        redrive(LetterFilter.ALL, Integer.MAX_VALUE);
    }

    private static int rows(String eventId) {
        return pipeline.clients()
                .dynamoDb()
                .query(request -> request.tableName("market-data-it")
                        .keyConditionExpression("event_id = :id")
                        .expressionAttributeValues(Map.of(":id", AttributeValue.fromS(eventId))))
                .count();
    }

    private static String audit(String eventId) throws Exception {
        pipeline.operations()
                .audit(AuditTrailQuery.byEventId(eventId), PageRequest.builder().build(), OutputFormat.JSON);
        return pipeline.said();
    }

    @Test
    void lettersOfAllSendersAreStoredUnderTheirIdentityAndDeleted() throws Exception {
        undelivered(trade("from-eventbridge"));
        failedInvocation(trade("from-lambda"), "200");
        pipeline.letter(trade("from-function"), Map.of("MARKET_PIPELINE_REASON", "unknown_detail_type"));

        redriveAll();

        assertThat(pipeline.said()).contains("Redrove 3 dead letters", "3 events stored", "3 deleted");
        assertThat(pipeline.letters()).isZero();
        assertThat(List.of(rows("from-eventbridge"), rows("from-lambda"), rows("from-function")))
                .containsOnly(1);
        assertThat(Files.readAllLines(directory.resolve("redrive.jsonl")))
                .anyMatch(line -> line.contains("from-lambda") && line.contains("\"outcomes\":[\"SUCCESS\"]"))
                .anyMatch(line -> HeadLine.read(line).isPresent());
    }

    @Test
    void eventThatWasStoredBeforeTheFailureShowsAsDuplicate() throws Exception {
        pipeline.invoke(trade("stored-then-failed"));
        failedInvocation(trade("stored-then-failed"), "200");

        redriveAll();

        assertThat(pipeline.said()).contains("0 events stored, 1 stored before", "1 deleted");
        assertThat(pipeline.letters()).isZero();
        assertThat(rows("stored-then-failed")).isEqualTo(1);
    }

    @Test
    void eventThatIsRefusedAgainIsInTheQueueOnce() throws Exception {
        String bad = trade("bad-price").replace("13.87", "\"dear\"");
        assertThat(pipeline.invoke(bad)).contains("REJECTED");
        assertThat(pipeline.letters()).isEqualTo(1);

        redriveAll();
        redriveAll();

        assertThat(pipeline.said()).contains("1 refused again", "Refused again: bad-price (invalid_price)");
        assertThat(pipeline.letters()).isEqualTo(1);
    }

    @Test
    void filterAndLimitLeaveTheOthers() throws Exception {
        for (int i = 0; i < 15; i++) {
            failedInvocation(trade("some-" + i), "200");
        }
        undelivered(trade("other"));

        redrive(LetterFilter.of("lambda", null, null, "BAC", null), 7);

        assertThat(pipeline.said()).contains("Redrove 7 dead letters");
        assertThat(pipeline.letters()).isEqualTo(9);
        assertThat(rows("other")).isZero();
        redrive(LetterFilter.of(null, null, null, null, "other"), 100);
        assertThat(rows("other")).isEqualTo(1);
        assertThat(pipeline.letters()).isEqualTo(8);
    }

    @Test
    void letterThatFailsAgainStaysAndIsVisibleAtOnce() throws Exception {
        pipeline.letter("this isn't JSON", Map.of("RequestID", "r-1", "ErrorCode", "200"));
        failedInvocation(trade("fine"), "200");

        assertThatThrownBy(RedriveIT::redriveAll)
                .isInstanceOf(UserFixableException.class)
                .hasMessageContaining("1 letter failed again")
                .hasMessageContaining("Could not parse request body into json");
        assertThat(rows("fine")).isEqualTo(1);
        assertThat(new DeadLetterQueue(pipeline.clients().sqs(), pipeline.queueUrl()).browse(10))
                .hasSize(1);
    }

    @Test
    void eventOfWhichTheFunctionLeftNoRecordGetsItsAuditRecordOnce() throws Exception {
        undelivered(trade("never-came"));
        failedInvocation(trade("throttled"), "429");
        failedInvocation(trade("timed-out"), "200");
        pipeline.invoke(trade("came"));
        failedInvocation(trade("came"), "200", requestId("came"));

        redriveAll();

        assertThat(audit("never-came"))
                .contains("\"status\":\"UNDELIVERED\"", "THROTTLING", "trade-events-rule-it", "\"status\":\"SUCCESS\"");
        assertThat(audit("throttled")).contains("\"status\":\"UNDELIVERED\"");
        assertThat(audit("timed-out")).contains("\"status\":\"UNDELIVERED\"", "function_error 200");
        assertThat(audit("came")).doesNotContain("UNDELIVERED").contains("SUCCESS", "code_version");
    }

    @Test
    void emptyQueueIsTold() throws Exception {
        redriveAll();

        assertThat(pipeline.said()).contains("No dead letters");
    }

    @Test
    void letterThatTheQueueGaveUpIsToldAndHasItsRecordWhereTheFunctionWroteNone() throws Exception {
        String source = queueThatGivesUp();
        for (String id : List.of("given-up", "given-up-by-the-function")) {
            pipeline.clients().sqs().sendMessage(request -> request.queueUrl(source)
                    .messageBody(trade(id)));
        }
        pipeline.invoke(trade("given-up-by-the-function"));
        giveUp(source, 2);

        pipeline.operations()
                .deadLetters(LetterFilter.of("queue", null, null, null, null), 10, OutputFormat.CSV, Optional.empty());
        assertThat(pipeline.said())
                .contains(
                        ",queue,receives_used_up,",
                        ",trade-events-rule-it,Trade Execution,BAC,given-up,gives-up handed it out as often as it may");
        redriveAll();

        assertThat(pipeline.letters()).isZero();
        assertThat(audit("given-up"))
                .contains("\"status\":\"UNDELIVERED\"", "receives_used_up", "\"status\":\"SUCCESS\"");
        assertThat(audit("given-up-by-the-function"))
                .doesNotContain("UNDELIVERED")
                .contains("\"status\":\"SUCCESS\"", "\"status\":\"DUPLICATE\"");
    }

    /** As the queue of buffered delivery, but that it hands out once only. */
    private static String queueThatGivesUp() {
        String target = pipeline.clients()
                .sqs()
                .getQueueAttributes(
                        request -> request.queueUrl(pipeline.queueUrl()).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        return pipeline.clients()
                .sqs()
                .createQueue(request -> request.queueName("gives-up")
                        .attributes(Map.of(
                                QueueAttributeName.VISIBILITY_TIMEOUT,
                                "0",
                                QueueAttributeName.REDRIVE_POLICY,
                                "{\"deadLetterTargetArn\":\"" + target + "\",\"maxReceiveCount\":1}")))
                .queueUrl();
    }

    private static void giveUp(String source, int messages) throws InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (pipeline.letters() < messages && Instant.now().isBefore(deadline)) {
            pipeline.clients().sqs().receiveMessage(request -> request.queueUrl(source)
                    .maxNumberOfMessages(10));
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Test
    void storyOfAnEventTellsEachVersionAttemptAndLetter() throws Exception {
        pipeline.invoke(trade("storied"));
        pipeline.invoke(trade("storied"));
        pipeline.invoke(trade("storied").replace("13.87", "13.88"));
        undelivered(trade("storied").replace("14:30:00.123Z", "14:31:00Z"));
        Path manifest = directory.resolve("manifest.jsonl");
        String sha256 = RawData.of(
                        JsonRows.tree(trade("storied")).path("detail").toString())
                .sha256();
        Files.writeString(
                manifest,
                "{\"event_id\":\"storied\",\"sha256\":\"" + sha256
                        + "\",\"status\":\"accepted\",\"entry_id\":\"entry-1\",\"sent_at_ms\":1795000000000}\n");

        assertThat(story("storied", manifest, OutputFormat.TABLE))
                .containsPattern("Event storied, Trade Execution of 2026-11-22T14:30:00.123Z\\n"
                        + "  row        is stored, until 20.*, as its SUCCESS record says\\n"
                        + " +symbol BAC, exchange XNYS, price 13.87, volume 100\\n"
                        + "  published  by market.data, account 000000000000\\n"
                        + "  content    2 different: sha256 ")
                .containsPattern("  waits      in the dead-letter queue, by function: identity_conflict ")
                .containsPattern(
                        "(?s)2026-11-18T.*published: the bus accepted it as entry entry-1.* received, request .*"
                                + " stored, request .* SUCCESS: stored.*function version 1, code [0-9a-f]{16}, log stream .*"
                                + " writer .* number [0-9]+, sha256 " + sha256
                                + ".* DUPLICATE: stored before by request .* REJECTED: refused for good\\n *identity_conflict: ")
                .containsPattern("Event storied, Trade Execution of 2026-11-22T14:31:00Z\\n"
                        + "  row        was never stored\\n")
                .containsPattern("  published  by market.data, account 000000000000\\n.*\\n"
                        + "  waits      in the dead-letter queue, by EventBridge: THROTTLING .*\\n\\n.*\\n"
                        + " +entry env-storied, which the bus took at 2026-11-22T14:30:00Z, sha256 ");
        JsonNode json = JsonRows.tree(story("storied", manifest, OutputFormat.JSON));
        assertThat(json.findValuesAsText("state")).containsExactly("stored", "never_stored");
        assertThat(json.findValuesAsText("status")).containsExactly("accepted", "SUCCESS", "DUPLICATE", "REJECTED");
    }

    private static String story(String eventId, Path manifest, OutputFormat format) throws Exception {
        pipeline.said();
        new EventStories(pipeline.clients(), pipeline.config(), pipeline.console())
                .print(eventId, List.of(manifest), format);
        return pipeline.said();
    }

    /** At whatever point the process dies: before the first outcome, after a few letters, and well within. */
    @ParameterizedTest
    @ValueSource(ints = {0, 5, 25})
    void killedRunLosesNoEvent(int deletedBefore) throws Exception {
        Set<String> sent = new TreeSet<>();
        for (int i = 0; i < 50; i++) {
            String id = "killed-" + deletedBefore + "-" + i;
            sent.add(id);
            if (i % 2 == 0) {
                failedInvocation(trade(id), "200");
            } else {
                undelivered(trade(id));
            }
        }
        Path report = directory.resolve("killed-" + deletedBefore + ".jsonl");
        Process run = startRedrive(report);
        Instant deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)
                && (pipeline.lettersHeld() == 0 || pipeline.letters() > sent.size() - deletedBefore)) {
            Thread.onSpinWait();
        }
        run.destroyForcibly().waitFor();

        Set<String> left = lettersLeft(deadline);
        Set<String> stored = sent.stream().filter(id -> rows(id) == 1).collect(Collectors.toCollection(TreeSet::new));
        assertThat(left).as(Files.readString(directory.resolve("killed.log"))).isNotEmpty();
        assertThat(left.size()).as("the run was killed in time").isGreaterThan(5);
        assertThat(sent).allSatisfy(id -> assertThat(stored.contains(id) || left.contains(id))
                .as("%s is stored, or in the queue, or both", id)
                .isTrue());
        assertThat(deletedBy(report)).isSubsetOf(stored).doesNotContainAnyElementsOf(left);

        redriveAll();
        assertThat(pipeline.letters()).isZero();
        assertThat(sent).allSatisfy(id -> assertThat(rows(id)).as(id).isEqualTo(1));
        assertThat(sent).allSatisfy(id -> assertThat(successes(id)).as(id).isEqualTo(1));
    }

    private static Process startRedrive(Path report) throws IOException {
        return JavaProcess.of(
                        RedriveProcess.class,
                        pipeline.config().endpoint().orElseThrow(),
                        directory.resolve("target"),
                        report)
                .redirectOutput(new File(directory.toFile(), "killed.log"))
                .start();
    }

    /** Identities of the letters in the queue, once those that the dead process held are visible again. */
    private static Set<String> lettersLeft(Instant deadline) throws InterruptedException {
        while (pipeline.lettersHeld() > 0 && Instant.now().isBefore(deadline)) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return new DeadLetterQueue(pipeline.clients().sqs(), pipeline.queueUrl())
                .browse(1000).stream()
                        .map(letter -> letter.eventId().orElseThrow())
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> deletedBy(Path report) throws IOException {
        return Files.readAllLines(report).stream()
                .filter(line -> line.contains("\"deleted\":true"))
                .map(line -> line.replaceFirst(".*\"event_ids\":\\[\"([^\"]*)\".*", "$1"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static int successes(String eventId) {
        return pipeline.clients()
                .dynamoDb()
                .query(request -> request.tableName("audit-trail-it")
                        .keyConditionExpression("audit_id = :id")
                        .expressionAttributeValues(Map.of(":id", AttributeValue.fromS(eventId + "#SUCCESS"))))
                .count();
    }
}
