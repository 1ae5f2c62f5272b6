package io.marketpipeline.maven.operate;

import static io.marketpipeline.maven.operate.DeployedPipeline.trade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.store.AuditTrailQuery;
import io.marketpipeline.store.PageRequest;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Redriving with the real function, queue and tables of the local endpoint. */
class RedriveIT {
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

    private static void letter(String body, Map<String, String> attributes) {
        Map<String, MessageAttributeValue> values = new java.util.HashMap<>();
        attributes.forEach((name, value) -> values.put(
                name,
                MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue(value)
                        .build()));
        pipeline.clients().sqs().sendMessage(request -> request.queueUrl(pipeline.queueUrl())
                .messageBody(body)
                .messageAttributes(values));
    }

    /** As EventBridge leaves them. */
    private static void undelivered(String body) {
        letter(
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
        letter(body, Map.of("RequestID", "r-1", "ErrorCode", errorCode, "ErrorMessage", "gone"));
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
        letter(trade("from-function"), Map.of("MARKET_PIPELINE_REASON", "unknown_detail_type"));

        redriveAll();

        assertThat(pipeline.said()).contains("Redrove 3 dead letters", "3 events stored", "3 deleted");
        assertThat(pipeline.letters()).isZero();
        assertThat(List.of(rows("from-eventbridge"), rows("from-lambda"), rows("from-function")))
                .containsOnly(1);
        assertThat(Files.readAllLines(directory.resolve("redrive.jsonl")))
                .anyMatch(line -> line.contains("from-lambda") && line.contains("\"outcomes\":[\"SUCCESS\"]"))
                .last()
                .asString()
                .startsWith("{\"auditChain\":");
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
        letter("this isn't JSON", Map.of("RequestID", "r-1", "ErrorCode", "200"));
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
    void eventThatNeverCameToTheFunctionGetsItsAuditRecordOnce() throws Exception {
        undelivered(trade("never-came"));
        failedInvocation(trade("throttled"), "429");
        failedInvocation(trade("came"), "200");

        redriveAll();

        assertThat(audit("never-came"))
                .contains("\"status\":\"UNDELIVERED\"", "THROTTLING", "trade-events-rule-it", "\"status\":\"SUCCESS\"");
        assertThat(audit("throttled")).contains("\"status\":\"UNDELIVERED\"");
        assertThat(audit("came")).doesNotContain("UNDELIVERED").contains("SUCCESS", "code_version");
    }

    @Test
    void emptyQueueIsTold() throws Exception {
        redriveAll();

        assertThat(pipeline.said()).contains("No dead letters");
    }

    @Test
    void killedRunLosesNothing() throws Exception {
        int letters = 60;
        for (int i = 0; i < letters; i++) {
            failedInvocation(trade("killed-" + i), "200");
        }

        Process run = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RedriveProcess.class.getName(),
                        pipeline.config().endpoint().orElseThrow().toString(),
                        directory.resolve("target").toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(directory.toFile(), "killed.log"))
                .start();
        Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (pipeline.letters() > letters - 15 && Instant.now().isBefore(deadline)) {
            Thread.onSpinWait();
        }
        run.destroyForcibly().waitFor();

        int left = pipeline.letters();
        assertThat(left).as(Files.readString(directory.resolve("killed.log"))).isBetween(1, letters - 15);
        int stored = 0;
        for (int i = 0; i < letters; i++) {
            stored += rows("killed-" + i);
        }
        assertThat(stored + left).as("each is stored, or in the queue, or both").isGreaterThanOrEqualTo(letters);
        assertThat(stored).isLessThan(letters);
    }
}
