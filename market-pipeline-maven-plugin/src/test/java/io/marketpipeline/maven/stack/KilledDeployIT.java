package io.marketpipeline.maven.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.maven.JavaProcess;
import io.marketpipeline.maven.config.PipelineConfig;
import java.io.BufferedReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills a deploying process at a step of its work; the next deploy must bring the stack to where it should be. */
class KilledDeployIT {
    @TempDir
    private static Path directory;

    private static LivePipeline pipeline;

    /** The process that is killed. */
    static final class Deploying {
        private Deploying() {}

        public static void main(String[] arguments) throws Exception {
            Consumer<String> echo = System.out::println;
            // Closes nothing: the endpoint is another process's.
            LivePipeline pipeline = LivePipeline.at(URI.create(arguments[0]), Path.of(arguments[1]), echo);
            pipeline.deploy(pipeline.config(arguments[2], Map.of("memory", arguments[3])), arguments[4]);
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

    @ParameterizedTest
    @ValueSource(strings = {"Deploying", "Asking CloudFormation", "resources to create", "+ created"})
    void firstDeployAfterAKilledOneMakesTheStack(String step) throws Exception {
        PipelineConfig config = pipeline.config("first" + Integer.toHexString(step.hashCode()));

        kill(config.environment(), "512", "one", step);

        pipeline.deploy(config, "one");
        assertThat(pipeline.live(config)).isEqualTo("1");
        assertThat(pipeline.deploy(config, "one").kind()).isEqualTo(StackResult.Kind.UNCHANGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Uploaded", "Asking CloudFormation", "~ Function", "~ updated"})
    void deployAfterAKilledUpdateBringsTheStackToThatUpdate(String step) throws Exception {
        String environment = "update" + Integer.toHexString(step.hashCode());
        pipeline.deploy(pipeline.config(environment), "one");

        kill(environment, "1024", "two-" + environment, step);

        PipelineConfig config = pipeline.config(environment, Map.of("memory", "1024"));
        pipeline.deploy(config, "two-" + environment);
        assertThat(pipeline.live(config)).isEqualTo("2");
        assertThat(pipeline.deploy(config, "two-" + environment).kind()).isEqualTo(StackResult.Kind.UNCHANGED);
    }

    /** Kills a deploy as soon as it has said this, without a chance to tidy up. */
    private static void kill(String environment, String memory, String code, String step) throws Exception {
        Process process = JavaProcess.of(
                        Deploying.class, pipeline.uri(), directory.resolve("killed"), environment, memory, code)
                .start();
        List<String> said = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null && !line.contains(step)) {
                said.add(line);
                line = lines.readLine();
            }
            assertThat(line).as("a line with '%s' in %s", step, said).isNotNull();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
