package io.marketpipeline.local.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs or waits when a function is changed under it. */
class ChangedFunctionTest {
    @TempDir
    private Path folder;

    /** Nobody looked at the time of what an old revision ran: it hung for ever, and its event was neither failed nor done. */
    @Test
    void invocationOfAnOldRevisionThatHangsTimesOut() throws IOException {
        try (LambdaFixture lambda = LambdaFixture.withLoop(folder)) {
            lambda.create(",\"Timeout\":2");
            lambda.call("PutFunctionEventInvokeConfig", "{\"FunctionName\":\"f\",\"MaximumRetryAttempts\":0}");
            lambda.invoke("{}");
            lambda.invoke("f", "\"hang\"", "Event");
            running(lambda, 2);

            describe(lambda, "another");
            lambda.invoke("{}");

            Eventually.holds("the hanging one's end", () -> lambda.calls().metric("AsyncEventsDropped") == 1);
            assertThat(lambda.calls().metric("Errors")).isEqualTo(1);
        }
    }

    @Test
    void processOfAnOldRevisionThatHangsEndsWithTheEndpoint() throws IOException {
        try (LambdaFixture lambda = LambdaFixture.withLoop(folder)) {
            lambda.create(",\"Timeout\":900");
            lambda.invoke("f", "\"hang\"", "Event");
            running(lambda, 1);
            describe(lambda, "another");
            lambda.invoke("{}");
        }
        Eventually.holds("the end of all processes", () -> ProcessHandle.current()
                .children()
                .noneMatch(child -> child.info().commandLine().orElse("").contains(folder.toString())));
    }

    /** They were dropped, although the alias to which they had come led to another version by then. */
    @Test
    void eventsThatWaitForADeletedVersionGoToTheAliassNewOne() throws IOException {
        try (LambdaFixture lambda = LambdaFixture.withLoop(folder)) {
            lambda.create(",\"Timeout\":900");
            lambda.call("PublishVersion", "{\"FunctionName\":\"f\"}");
            lambda.call("CreateAlias", "{\"FunctionName\":\"f\",\"Name\":\"live\",\"FunctionVersion\":\"1\"}");
            keepBusy(lambda, "f:live");
            for (int event = 0; event < 5; event++) {
                lambda.invoke("f:live", "{}", "Event");
            }

            lambda.call("UpdateFunctionConfiguration", "{\"FunctionName\":\"f\",\"MemorySize\":300}");
            lambda.call("PublishVersion", "{\"FunctionName\":\"f\"}");
            lambda.call("UpdateAlias", "{\"FunctionName\":\"f\",\"Name\":\"live\",\"FunctionVersion\":\"2\"}");
            lambda.call("DeleteFunction", "{\"FunctionName\":\"f\",\"Qualifier\":\"1\"}");

            Eventually.holds("the events", () -> lambda.calls().metric("Invocations") == 5);
            assertThat(lambda.calls().metric("AsyncEventsDropped")).isZero();
        }
    }

    /** What the first change moved to a pool was lost where the second retired that pool meanwhile. */
    @Test
    void eventsThatWaitOutliveTwoChangesInTurn() throws Exception {
        JvmLauncher loop = LoopLauncher.prepare(Files.createDirectories(folder.resolve("loop")), null);
        try (LambdaFixture lambda = new LambdaFixture(folder, slow(loop))) {
            lambda.create(",\"Timeout\":900");
            keepBusy(lambda, "f");
            for (int event = 0; event < 6; event++) {
                lambda.invoke("f", "{}", "Event");
            }

            describe(lambda, "two");
            Thread first = new Thread(() -> lambda.invoke("f", "{}", "Event"));
            first.start();
            TimeUnit.MILLISECONDS.sleep(200);
            describe(lambda, "three");
            lambda.invoke("f", "{}", "Event");
            first.join();

            Eventually.holds("the events", () -> lambda.calls().metric("Invocations") == 8);
        }
    }

    /** Takes both of the processes that the fixture allows. */
    private static void keepBusy(LambdaFixture lambda, String function) {
        lambda.invoke(function, "\"hang\"", "Event");
        lambda.invoke(function, "\"hang\"", "Event");
        running(lambda, 2);
    }

    private static void running(LambdaFixture lambda, int invocations) {
        Eventually.holds(
                "running",
                () -> lambda.calls().asked("logs:PutLogEvents").stream()
                                .flatMap(call -> call.path("logEvents").findValuesAsText("message").stream())
                                .filter(line -> line.startsWith("START"))
                                .count()
                        == invocations);
    }

    private static void describe(LambdaFixture lambda, String description) {
        lambda.call("UpdateFunctionConfiguration", "{\"FunctionName\":\"f\",\"Description\":\"" + description + "\"}");
    }

    /** Takes its time, in which the other change can happen. */
    private static JvmLauncher slow(JvmLauncher loop) {
        return (spec, environment) -> {
            try {
                TimeUnit.MILLISECONDS.sleep(500);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return loop.start(spec, environment);
        };
    }
}
