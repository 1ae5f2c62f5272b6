package io.marketpipeline.maven.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointProcessTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    @Test
    void startWhenReadyKnowsTheAddress() throws Exception {
        try (EndpointProcess endpoint = start("ready")) {
            assertThat(endpoint.uri()).isEqualTo(URI.create("http://127.0.0.1:4711"));
            assertThat(endpoint.alive()).isTrue();
        }
    }

    @Test
    void closeEndsTheProcessThroughItsInput() throws Exception {
        EndpointProcess endpoint = start("ready");

        endpoint.close();

        assertThat(endpoint.alive()).isFalse();
        assertThat(endpoint.log()).content().contains("input ended");
    }

    @Test
    void startWhenProcessEndsShowsItsLastLines() {
        assertThatThrownBy(() -> start("fails"))
                .hasMessageContaining("ended while it started (exit code 1)")
                .hasMessageContaining("local.log")
                .hasMessageContaining("line 20")
                .hasMessageNotContaining("line 5\n");
    }

    @Test
    void startWhenPortIsTakenNamesTheSwitch() {
        assertThatThrownBy(() -> start("port-taken")).hasMessageContaining("choose another with -Dport");
    }

    @Test
    void startWhenNeverReadyEndsTheProcess() {
        assertThatThrownBy(() -> EndpointProcess.start(command("silent"), log(), Duration.ofMillis(200)))
                .hasMessageContaining("was not ready after 0 seconds and was ended")
                .hasMessageContaining("(nothing)");
    }

    @Test
    void commandNamesPortRegionAndAccount() {
        EndpointOptions options = new EndpointOptions(
                List.of(Path.of("a.jar"), Path.of("b.jar")), 0, "eu-west-1", "000000000000", log(), List.of());

        assertThat(options.command(Path.of("java")))
                .containsSubsequence("java", "-cp", "io.marketpipeline.local.LocalEndpoint", "--port", "0")
                .endsWith("--region", "eu-west-1", "--account", "000000000000");
    }

    private EndpointProcess start(String behaviour) throws IOException, InterruptedException {
        return EndpointProcess.start(command(behaviour), log(), LIMIT);
    }

    private Path log() {
        return directory.resolve("target/local.log");
    }

    private static List<String> command(String behaviour) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ScriptedEndpoint.class.getName(),
                behaviour);
    }
}
