package io.marketpipeline.maven.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AwsEnvironmentTest {
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

    private static AwsEnvironment at(String endpoint) {
        return new AwsEnvironment(
                "local",
                "us-east-1",
                Optional.empty(),
                Optional.ofNullable(endpoint).map(URI::create));
    }
}
