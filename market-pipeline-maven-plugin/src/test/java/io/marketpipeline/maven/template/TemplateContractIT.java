package io.marketpipeline.maven.template;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.RandomConfigurations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The templates under cfn-lint and checkov, in profile {@code contract}. System property {@code contract.venv} names a
 * Python environment that has both.
 */
class TemplateContractIT {
    /** Templates of random configurations; one takes cfn-lint about half a second. */
    private static final int ANY = 150;

    @TempDir
    Path folder;

    static Stream<Arguments> templates() {
        return Stream.of(
                Arguments.of("minimal", pipeline(Configurations::minimal)),
                Arguments.of("prod", pipeline(Configurations::prod)),
                Arguments.of("artifact-bucket", (Supplier<Template>)
                        () -> ArtifactBucketTemplate.of("111122223333", "us-east-1", Map.of())));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void cfnLintFindsNothing(String name, Supplier<Template> template) throws Exception {
        Path file = write(name, template);

        Run run = run("cfn-lint", "--regions", "us-east-1", "--include-checks", "I", "--", file.toString());

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).isBlank();
    }

    /** No error and no warning; what cfn-lint merely suggests, such as SnapStart, a configuration may leave off. */
    @Test
    void cfnLintFindsNothingInTheTemplateOfAnyConfiguration() throws Exception {
        List<PipelineConfig> configs = RandomConfigurations.valid(ANY);
        for (int i = 0; i < configs.size(); i++) {
            PipelineConfig config = configs.get(i);
            write("any-" + i, () -> PipelineTemplate.of(config, CodeArtifact.UNKNOWN));
        }

        Run run = run(
                "cfn-lint",
                "--regions",
                "us-east-1",
                "--",
                folder.resolve("any-*.yaml").toString());

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).isBlank();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void checkovFindsNothingThatIsNotAnsweredInTheTemplate(String name, Supplier<Template> template) throws Exception {
        Path file = write(name, template);

        Run run = run(
                "checkov", "--file", file.toString(), "--framework", "cloudformation", "--skip-download", "--compact");

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).contains("Failed checks: 0");
    }

    private Path write(String name, Supplier<Template> template) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), template.get().yaml(), UTF_8);
    }

    private record Run(int exitCode, String output) {}

    private Run run(String program, String... arguments) throws IOException, InterruptedException {
        String venv = System.getProperty("contract.venv");
        assertThat(venv)
                .as("-Dcontract.venv: a Python environment with cfn-lint and checkov")
                .isNotNull();
        List<String> command =
                new ArrayList<>(List.of(Path.of(venv, "bin", program).toString()));
        command.addAll(List.of(arguments));
        Path log = folder.resolve(program + ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(9, TimeUnit.MINUTES))
                    .as(program + " ends")
                    .isTrue();
            return new Run(process.exitValue(), Files.readString(log, UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    private static Supplier<Template> pipeline(Supplier<PipelineConfig> config) {
        return () -> PipelineTemplate.of(config.get(), CodeArtifact.UNKNOWN);
    }
}
