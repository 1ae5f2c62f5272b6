package io.marketpipeline.local.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract under our own loop, and what only it does. */
class LoopRuntimeTest extends RuntimeContractTest {
    @Override
    JvmLauncher launcher(Path loopFolder) throws IOException {
        return LoopLauncher.prepare(loopFolder, null);
    }

    @Test
    void logKeepsOrderAndMessagesOfSeveralLines(@TempDir Path other) throws IOException {
        try (LambdaFixture lambda = LambdaFixture.withLoop(other)) {
            lambda.create("");
            JsonNode output = lambda.invoke("\"say\"");
            String log = new String(
                    Base64.getDecoder().decode(output.path("LogResult").asText()), StandardCharsets.UTF_8);
            assertThat(log)
                    .containsSubsequence("START RequestId", "plain line\n", "two\nlines\n", "END RequestId", "REPORT");
        }
    }

    @Test
    void invokeWhenHandlerClassIsMissingSaysWhich(@TempDir Path other) throws IOException {
        try (LambdaFixture lambda = LambdaFixture.withLoop(other)) {
            lambda.create("");
            lambda.call("UpdateFunctionConfiguration", "{\"FunctionName\":\"f\",\"Handler\":\"no.such.Handler\"}");
            JsonNode output = lambda.invoke("{}");
            assertThat(output.path("FunctionError").asText()).isEqualTo("Unhandled");
            assertThat(LambdaFixture.payload(output))
                    .contains("Class not found: no.such.Handler", "java.lang.ClassNotFoundException");
        }
    }
}
