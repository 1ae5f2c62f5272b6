package io.marketpipeline.maven.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.maven.config.ConfigurationReader;
import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.Switches;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AwsEnvironmentTest {
    private static final Pattern COMMAND = Pattern.compile("\"[^\"\\n]*market-pipeline:[\"a-z]");

    @Test
    void orEndpointOfWhenVariableIsSetTakesIt() {
        assertThat(at(null).orEndpointOf(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:9000"))
                        .endpoint())
                .contains(URI.create("http://127.0.0.1:9000"));
    }

    @Test
    void orEndpointOfWhenEndpointIsConfiguredKeepsIt() {
        assertThat(at("http://localhost:4700")
                        .orEndpointOf(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:9000"))
                        .endpoint())
                .contains(URI.create("http://localhost:4700"));
    }

    @Test
    void orEndpointOfWhenVariablesAreToBeIgnoredKeepsAws() {
        assertThat(at(null).orEndpointOf(Map.of(
                                "AWS_ENDPOINT_URL", "http://127.0.0.1:9000",
                                "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"))
                        .endpoint())
                .isEmpty();
    }

    @Test
    void loopbackIsWhatIsOnThisMachine() {
        assertThat(at("http://127.0.0.1:4700").loopback()).isTrue();
        assertThat(at("http://localhost:4700").loopback()).isTrue();
        assertThat(at("http://[::1]:4700").loopback()).isTrue();
        assertThat(at("https://aws.example").loopback()).isFalse();
        assertThat(at(null).loopback()).isFalse();
    }

    @Test
    void checkWhenNothingListensNamesRun() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (AwsClients clients = AwsClients.of(at("http://127.0.0.1:" + free))) {
            assertThatThrownBy(clients::check)
                    .hasMessageContaining("nothing listens on http://127.0.0.1:" + free)
                    .hasMessageContaining("mvn market-pipeline:run");
        }
    }

    @Test
    void commandRepeatsTheSwitchesOfTheRunAndQuotesWhatAShellWouldRead() {
        PipelineConfig config = ConfigurationReader.read(
                Configurations.handlerOnly().build(),
                new Switches(
                        Optional.of("dev"),
                        Optional.of("eu-west-1"),
                        Optional.of("http://127.0.0.1:4788"),
                        Optional.empty(),
                        Optional.of("the desk's"),
                        Path.of("target")));

        assertThat(AwsEnvironment.of(config).command("logs", "-Dfilter=?ERROR"))
                .isEqualTo("mvn market-pipeline:logs -Denv=dev -Dregion=eu-west-1 -Dendpoint=http://127.0.0.1:4788"
                        + " '-Daws.profile=the desk'\\''s' '-Dfilter=?ERROR'");
    }

    @Test
    void commandWhenTheEnvironmentSaysAllHasNoOtherSwitch() {
        PipelineConfig local =
                Configurations.read("local", Configurations.handlerOnly().build());

        assertThat(AwsEnvironment.of(local).command("dlq")).isEqualTo("mvn market-pipeline:dlq -Denv=local");
        assertThat(AwsEnvironment.of(local.at(URI.create("http://127.0.0.1:4700"))))
                .isEqualTo(AwsEnvironment.of(local));
        assertThat(AwsEnvironment.of(local.at(URI.create("http://127.0.0.1:9"))).command("dlq"))
                .isEqualTo("mvn market-pipeline:dlq -Denv=local -Dendpoint=http://127.0.0.1:9");
    }

    @Test
    void commandOfRunNamesThePortThatIsLookedAt() {
        assertThat(at("http://127.0.0.1:4788").commandOfRun())
                .isEqualTo("mvn market-pipeline:run -Denv=local -Dport=4788");
        assertThat(at("http://127.0.0.1:4700").commandOfRun()).isEqualTo("mvn market-pipeline:run -Denv=local");
    }

    @Test
    void noOtherClassWritesAGoalsCommandItself() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
            List<String> writing = new ArrayList<>();
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                if (COMMAND.matcher(Files.readString(source)).find()) {
                    writing.add(source.getFileName().toString());
                }
            }
            // The failure names how to begin without AWS; the queue says which goal made it.
            assertThat(writing)
                    .containsExactlyInAnyOrder("AwsEnvironment.java", "AwsFailures.java", "ReplayedQueue.java");
        }
    }

    private static AwsEnvironment at(String endpoint) {
        return new AwsEnvironment(
                "local",
                "us-east-1",
                Optional.empty(),
                Optional.ofNullable(endpoint).map(URI::create),
                Map.of());
    }
}
