package io.marketpipeline.local.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LambdaServiceTest {
    private static final String QUEUE = "arn:aws:sqs:us-east-1:123456789012:dlq";

    @TempDir
    Path folder;

    private LambdaFixture lambda;

    @BeforeEach
    void start() throws IOException {
        lambda = LambdaFixture.withLoop(folder);
    }

    @AfterEach
    void stop() {
        lambda.close();
    }

    private JsonNode letter() {
        Eventually.holds(
                "a message", () -> !lambda.calls().asked("sqs:SendMessage").isEmpty());
        return lambda.calls().asked("sqs:SendMessage").get(0);
    }

    /** A killed process that still waited took the invocation with it. */
    @Test
    @Timeout(120)
    void invocationWhenTheIdleProcessesWereKilledIsAnswered() {
        lambda.create("");
        for (int i = 0; i < 5; i++) {
            lambda.invoke("{}");
            ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);

            assertThat(lambda.invoke("{}")).isNotNull();
        }
        assertThat(lambda.invoke("{}").has("FunctionError")).isFalse();
    }

    @Test
    void asyncEventIsTriedThreeTimesUnderOneRequestId() {
        lambda.create(",\"DeadLetterConfig\":{\"TargetArn\":\"" + QUEUE + "\"}");

        lambda.invoke("f", "\"fail\"", "Event");

        JsonNode letter = letter();
        assertThat(letter.path("MessageBody").asText()).isEqualTo("\"fail\"");
        JsonNode attributes = letter.path("MessageAttributes");
        assertThat(attributes.path("ErrorCode").path("DataType").asText()).isEqualTo("Number");
        assertThat(attributes.path("ErrorMessage").path("StringValue").asText()).isEqualTo("told to fail");
        Eventually.holds("the metric", () -> lambda.calls().metric("Errors") == 3);
        Eventually.holds("the event is counted", () -> lambda.calls().metric("AsyncEventsDropped") == 1);
    }

    @Test
    void asyncEventWhenRetriesAreZeroIsTriedOnceAndReportedToItsDestination() {
        lambda.create("");
        lambda.call(
                "PutFunctionEventInvokeConfig",
                "{\"FunctionName\":\"f\",\"MaximumRetryAttempts\":0,\"DestinationConfig\":{\"OnFailure\":{\"Destination\":\""
                        + QUEUE + "\"}}}");

        lambda.invoke("f", "\"fail\"", "Event");

        assertThat(letter().path("MessageBody").asText())
                .contains(
                        "\"condition\":\"RetriesExhausted\"",
                        "\"approximateInvokeCount\":1",
                        "\"requestPayload\":\"fail\"");
    }

    /** It was throttled until its age, an hour by default, so that nobody saw a dead letter. */
    @Test
    void asyncEventWhenTheReservedConcurrencyIsZeroIsDroppedUntried() {
        lambda.create(",\"DeadLetterConfig\":{\"TargetArn\":\"" + QUEUE + "\"}");
        lambda.call("PutFunctionConcurrency", "{\"FunctionName\":\"f\",\"ReservedConcurrentExecutions\":0}");

        lambda.invoke("f", "{}", "Event");

        assertThat(letter().path("MessageAttributes")
                        .path("ErrorCode")
                        .path("StringValue")
                        .asText())
                .isEqualTo("429");
        Eventually.holds("the metric", () -> lambda.calls().metric("AsyncEventsDropped") == 1);
    }

    @Test
    void invokeWhenThePayloadIsNoJsonIsRefused() {
        lambda.create("");

        assertThatThrownBy(() -> lambda.invoke("{")).hasMessageStartingWith("Could not parse request body into json");
    }

    @Test
    void invokeWhenThePayloadIsTooLargeIsRefused() {
        lambda.create("");

        assertThatThrownBy(() -> lambda.invoke("f", "\"" + "x".repeat(1 << 20) + "\"", "Event"))
                .hasMessageContaining("Request must be smaller than 1048576 bytes");
    }

    @Test
    void createWhenTheZipLeadsOutOfItsFolderIsRefused() {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.put("FunctionName", "g").put("Runtime", "java21").put("Role", "r").put("Handler", "h");
        input.putObject("Code").put("ZipFile", FunctionZip.withEntry("../evil"));

        assertThatThrownBy(() -> lambda.call("CreateFunction", input))
                .hasMessageContaining("leads out of its folder: ../evil");
        assertThat(folder.resolve("function-code/evil")).doesNotExist();
    }

    @Test
    void createWhenTheRuntimeIsForeignIsRefused() {
        assertThatThrownBy(() -> lambda.call(
                        "CreateFunction",
                        "{\"FunctionName\":\"g\",\"Runtime\":\"python3.12\",\"Role\":\"r\",\"Handler\":\"h\"}"))
                .hasMessageContaining("Runtime 'python3.12' (Java functions only) is not supported");
    }

    @Test
    void updateTakesEffectAtTheNextInvocation() {
        lambda.create(",\"Environment\":{\"Variables\":{\"FIRST\":\"1\"}}");
        assertThat(LambdaFixture.payload(lambda.invoke("\"environment\""))).contains("FIRST");

        lambda.call(
                "UpdateFunctionConfiguration",
                "{\"FunctionName\":\"f\",\"Environment\":{\"Variables\":{\"SECOND\":\"2\"}}}");

        assertThat(LambdaFixture.payload(lambda.invoke("\"environment\"")))
                .contains("SECOND")
                .doesNotContain("FIRST");
    }

    @Test
    void processesEndWithTheService() {
        lambda.create("");
        lambda.invoke("{}");
        assertThat(children()).isPositive();

        lambda.close();

        Eventually.holds("no child is left", () -> children() == 0);
    }

    private long children() {
        String marker = folder.toString();
        return ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().commandLine().orElse("").contains(marker))
                .count();
    }

    /** Its pool waited for it for ever, and the event with it. */
    @Test
    void processThatCannotBeStartedWhateverTheReasonFailsTheInvocation(@TempDir Path other) {
        JvmLauncher broken = (spec, environment) -> {
            throw new IllegalStateException("no memory for a thread");
        };
        try (LambdaFixture broke = new LambdaFixture(other, broken)) {
            broke.create("");

            assertThat(LambdaFixture.payload(broke.invoke("{}"))).contains("no memory for a thread");
        }
    }
}
