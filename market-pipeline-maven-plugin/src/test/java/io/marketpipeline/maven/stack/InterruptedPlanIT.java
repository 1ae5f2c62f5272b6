package io.marketpipeline.maven.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.maven.JavaProcess;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.endpoint.RecordingProxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetSummary;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** Ends a plan, as Ctrl-C does, while CloudFormation still makes its change set. */
class InterruptedPlanIT {
    @TempDir
    private static Path directory;

    private static LivePipeline pipeline;

    /** The process that is ended. */
    static final class Planning {
        private Planning() {}

        public static void main(String[] arguments) throws Exception {
            LivePipeline pipeline =
                    LivePipeline.at(URI.create(arguments[0]), Path.of(arguments[1]), System.out::println);
            pipeline.plan(pipeline.config(arguments[2], Map.of("memory", "1024")), "one");
        }
    }

    @BeforeAll
    static void start() throws Exception {
        pipeline = LivePipeline.start(directory);
    }

    @AfterAll
    static void end() {
        pipeline.close();
    }

    @Test
    void planOfAFirstDeployWhenInterruptedLeavesNeitherChangeSetNorStack() throws Exception {
        PipelineConfig config = pipeline.config("first");

        interrupt(config);

        try (AwsClients clients = pipeline.clients(config)) {
            assertThat(clients.cloudFormation().describeStacks().stacks())
                    .extracting(Stack::stackName)
                    .doesNotContain(config.names().stack());
        }
    }

    @Test
    void planOfAnUpdateWhenInterruptedLeavesNoChangeSet() throws Exception {
        PipelineConfig config = pipeline.config("update");
        pipeline.deploy(config, "one");

        interrupt(config);

        try (AwsClients clients = pipeline.clients(config)) {
            assertThat(clients.cloudFormation()
                            .listChangeSets(
                                    request -> request.stackName(config.names().stack()))
                            .summaries())
                    .extracting(ChangeSetSummary::executionStatusAsString)
                    .doesNotContain("AVAILABLE");
        }
    }

    private static void interrupt(PipelineConfig config) throws Exception {
        try (RecordingProxy proxy = RecordingProxy.before(pipeline.uri())) {
            proxy.hold("DescribeChangeSet");
            Process process = JavaProcess.of(
                            Planning.class, proxy.uri(), directory.resolve("planning"), config.environment())
                    .redirectOutput(directory.resolve("planning.log").toFile())
                    .start();
            try {
                proxy.awaitHeld();
                process.destroy();
                assertThat(process.waitFor(60, TimeUnit.SECONDS))
                        .as("it ends after tidying up")
                        .isTrue();
            } finally {
                process.destroyForcibly();
            }
            assertThat(proxy.takeCalls())
                    .extracting(call -> call.service() + ":" + call.operation())
                    .contains("cloudformation:CreateChangeSet", "cloudformation:DeleteChangeSet");
        }
    }
}
