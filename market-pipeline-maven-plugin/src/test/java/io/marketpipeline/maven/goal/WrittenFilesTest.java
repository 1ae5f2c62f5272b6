package io.marketpipeline.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.marketpipeline.maven.config.ConfigurationReader;
import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.Switches;
import io.marketpipeline.maven.config.UserFixableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenFilesTest {
    @TempDir
    private Path directory;

    private PipelineConfig environment(String name) {
        return ConfigurationReader.read(Configurations.handlerOnly().build(), Switches.ofEnvironment(name, directory));
    }

    private static List<Path> read(String kind, PipelineConfig config) throws IOException {
        return WrittenFiles.of(kind, null, new MavenProject(), config);
    }

    private Path written(String kind, String environment) throws IOException {
        return Files.writeString(WrittenFiles.next(kind, environment(environment)), "{}\n");
    }

    /** {@code reconcile -Denv=dev} missed the events that were published to {@code dev-eu}. */
    @ParameterizedTest
    @ValueSource(strings = {WrittenFiles.MANIFEST, WrittenFiles.REDRIVE})
    void filesOfAnEnvironmentAreNotThoseOfOneWhoseNameBeginsAlike(String kind) throws Exception {
        Path dev = written(kind, "dev");
        Path eu = written(kind, "dev-eu");
        Path digits = written(kind, "dev-20261130t1");

        assertThat(read(kind, environment("dev"))).containsExactly(dev);
        assertThat(read(kind, environment("dev-eu"))).containsExactly(eu);
        assertThat(read(kind, environment("dev-20261130t1"))).containsExactly(digits);
    }

    @Test
    void filesThatNoGoalWroteAreReadOnlyWhereTheyAreNamed() throws Exception {
        Files.writeString(directory.resolve("manifest-dev-20261130T004722000.jsonl.bak"), "{}\n");
        Path kept = Files.writeString(directory.resolve("manifest-dev-kept.jsonl"), "{}\n");

        assertThat(read(WrittenFiles.MANIFEST, environment("dev"))).isEmpty();
        assertThat(WrittenFiles.of(WrittenFiles.MANIFEST, kept.toString(), new MavenProject(), environment("dev")))
                .containsExactly(kept);
    }

    /** A compressed manifest ended reconcile with "MalformedInputException: Input length = 1". */
    @Test
    void namedFileThatIsNoTextIsToldByItsSwitch() throws Exception {
        Path zip = Files.write(directory.resolve("manifest.jsonl.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0});

        assertThatExceptionOfType(UserFixableException.class)
                .isThrownBy(() -> named(WrittenFiles.MANIFEST, zip))
                .withMessage(
                        "-Dmanifest names '" + zip + "', which is no text in UTF-8; name files as publish wrote them,"
                                + " not compressed, as target/market-pipeline/manifest-*.jsonl");
        assertThatExceptionOfType(UserFixableException.class)
                .isThrownBy(() -> named(WrittenFiles.REDRIVE, zip))
                .withMessageStartingWith("-DredriveReport names '" + zip + "'");
        assertThatExceptionOfType(UserFixableException.class)
                .isThrownBy(() -> named(WrittenFiles.MANIFEST, directory))
                .withMessageContaining("which is a folder");
    }

    private List<Path> named(String kind, Path file) throws IOException {
        return WrittenFiles.of(kind, file.toString(), new MavenProject(), environment("dev"));
    }

    @Test
    void fileOfAGoalThatWasKilledAtOnceIsPassedOver() throws Exception {
        Files.createFile(WrittenFiles.next(WrittenFiles.MANIFEST, environment("dev")));

        assertThat(read(WrittenFiles.MANIFEST, environment("dev"))).isEmpty();
    }

    @Test
    void folderThatIsNotThereHoldsNone() throws Exception {
        Files.delete(directory);

        assertThat(read(WrittenFiles.MANIFEST, environment("dev"))).isEmpty();
    }
}
