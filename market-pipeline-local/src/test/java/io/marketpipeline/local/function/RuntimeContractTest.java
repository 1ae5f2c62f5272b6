package io.marketpipeline.local.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a function sees and answers, whichever runtime loop it runs under. */
abstract class RuntimeContractTest {
    @TempDir
    Path folder;

    private LambdaFixture lambda;

    abstract JvmLauncher launcher(Path loopFolder) throws IOException;

    private LambdaFixture lambda(String more) throws IOException {
        lambda = new LambdaFixture(folder, launcher(Files.createDirectories(folder.resolve("loop"))));
        lambda.create(more);
        return lambda;
    }

    @AfterEach
    void stop() {
        if (lambda != null) {
            lambda.close();
        }
    }

    @Test
    void invokeAnswersWhatTheHandlerWrote() throws IOException {
        JsonNode output = lambda("").invoke("{\"a\":1.10}");

        assertThat(LambdaFixture.payload(output)).isEqualTo("{\"echo\":{\"a\":1.10}}");
        assertThat(output.path("ExecutedVersion").asText()).isEqualTo("$LATEST");
        assertThat(output.has("FunctionError")).isFalse();
    }

    @Test
    void invokeWhenHandlerThrowsAnswersTheErrorReport() throws IOException {
        JsonNode output = lambda("").invoke("\"fail\"");

        assertThat(output.path("FunctionError").asText()).isEqualTo("Unhandled");
        JsonNode report = LambdaFixture.MAPPER.readTree(LambdaFixture.payload(output));
        assertThat(report.path("errorMessage").asText()).isEqualTo("told to fail");
        assertThat(report.path("errorType").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(report.path("stackTrace").get(0).asText()).contains("ScriptedHandler.handleRequest");
    }

    @Test
    void invokeWhenHandlerHangsTimesOut() throws IOException {
        JsonNode output = lambda(",\"Timeout\":1").invoke("\"hang\"");

        assertThat(LambdaFixture.payload(output))
                .contains("\"errorType\":\"Sandbox.Timedout\"", "Error: Task timed out after 1.00 seconds");
        assertThat(lambda.invoke("{}").has("FunctionError")).isFalse();
    }

    @Test
    void invokeWhenProcessExitsSaysSo() throws IOException {
        JsonNode output = lambda("").invoke("\"exit\"");

        assertThat(LambdaFixture.payload(output))
                .contains("\"errorType\":\"Runtime.ExitError\"", "Runtime exited with error: exit status 3");
    }

    @Test
    void contextTellsOfTheFunction() throws IOException {
        JsonNode output = lambda(",\"Timeout\":30").invoke("\"context\"");

        assertThat(LambdaFixture.payload(output))
                .isEqualTo("\"f $LATEST arn:aws:lambda:us-east-1:123456789012:function:f 256 true true\"");
    }

    @Test
    void environmentHasTheFunctionsVariablesAndNothingOfTheMachine() throws IOException {
        JsonNode output =
                lambda(",\"Environment\":{\"Variables\":{\"TABLE\":\"t\"}}").invoke("\"environment\"");

        assertThat(LambdaFixture.payload(output))
                .contains("TABLE", "AWS_LAMBDA_RUNTIME_API", "AWS_ENDPOINT_URL", "LAMBDA_TASK_ROOT")
                .doesNotContain("HOME", "USER", "JAVA_HOME", "AWS_PROFILE");
    }

    @Test
    void logHasTheFunctionsLinesBetweenThePlatforms() throws IOException {
        JsonNode output = lambda("").invoke("\"say\"");

        String log =
                new String(Base64.getDecoder().decode(output.path("LogResult").asText()), StandardCharsets.UTF_8);
        assertThat(log).containsSubsequence("START RequestId: ", "Version: $LATEST\n");
        assertThat(log).contains("END RequestId: ", "REPORT RequestId: ", "Memory Size: 256 MB", "Init Duration: ");
        Eventually.holds(
                "the function's lines are in its log group",
                () -> lambda.calls().asked("logs:PutLogEvents").toString().contains("plain line"));
    }
}
