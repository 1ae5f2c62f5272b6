package io.marketpipeline.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.credentials.CredentialSource;
import io.marketpipeline.http.Connections;
import io.marketpipeline.http.LocalhostKeys;
import io.marketpipeline.http.ScriptedServer;
import io.marketpipeline.puts.Backoff;
import io.marketpipeline.text.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a function's first call over TLS loads, counted in a process of its own. */
class BeforeSnapshotTest {
    private static final String OK = ScriptedServer.answer(200, "{}");
    private static final String CREDENTIALS = ScriptedServer.answer(
            200,
            "{\"AccessKeyId\":\"AKID\",\"SecretAccessKey\":\"s\",\"Token\":\"t\",\"Expiration\":\"2999-11-22T21:00:00Z\"}");

    private static LocalhostKeys keys;

    @TempDir
    Path folder;

    private final ScriptedServer container = new ScriptedServer();
    private ScriptedServer tables;

    @BeforeAll
    static void makeKeys(@TempDir Path kept) throws IOException, InterruptedException, GeneralSecurityException {
        keys = LocalhostKeys.in(kept);
    }

    @BeforeEach
    void start() throws IOException {
        tables = new ScriptedServer(
                keys.context().getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        // More than one: on a slow machine a first try may take too long.
        container.then(CREDENTIALS, CREDENTIALS, CREDENTIALS);
    }

    @AfterEach
    void stop() throws IOException {
        container.close();
        tables.close();
    }

    /** Starts as a function does, and makes a first call. */
    static final class Start {
        public static void main(String[] arguments) {
            AwsWire.open(System.getenv()).prime();
            Endpoint tables = Endpoint.of("dynamodb", System.getenv());
            call(
                    tables,
                    Connections.offline(tables.address()),
                    Map.of("AWS_ACCESS_KEY_ID", "k", "AWS_SECRET_ACCESS_KEY", "s"));
            FirstCall.begins();
            call(tables, new Connections(tables.address()), System.getenv());
        }

        private static void call(Endpoint tables, Connections connections, Map<String, String> environment) {
            CredentialSource credentials = new CredentialSource(environment, InstantSource.system());
            ServiceAnswer answer = new ServiceCalls(
                            tables, connections, credentials, InstantSource.system(), Backoff.Pause.SLEEP)
                    .call(
                            "DynamoDB_20120810.PutItem",
                            new Bytes(16).ascii("{}"),
                            Instant.now().plusSeconds(30));
            System.out.println(
                    answer instanceof ServiceAnswer.Failed failed
                            ? failed.message()
                            : answer.getClass().getSimpleName());
        }
    }

    /** Its loading tells the first call's classes from those before. */
    static final class FirstCall {
        static void begins() {
            System.out.println("first");
        }
    }

    /** The classes that the first call loads. */
    private List<String> loaded(String initializationType) throws IOException, InterruptedException {
        Path log = folder.resolve("classes.log");
        Path out = folder.resolve("out.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + log,
                        "-Djavax.net.ssl.trustStore=" + keys.file(),
                        "-Djavax.net.ssl.trustStorePassword=changeit",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Start.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().remove("AWS_ACCESS_KEY_ID");
        builder.environment()
                .putAll(Map.of(
                        "AWS_REGION",
                        "us-east-1",
                        "AWS_ENDPOINT_URL",
                        "https://localhost:" + tables.port(),
                        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                        "http://127.0.0.1:" + container.port() + "/credentials",
                        "AWS_LAMBDA_INITIALIZATION_TYPE",
                        initializationType));
        Process process = builder.start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(out, StandardCharsets.UTF_8)).endsWith("first\nDone\n");
        List<String> lines = Files.readAllLines(log);
        int first = lines.indexOf(lines.stream()
                .filter(line -> line.contains(FirstCall.class.getName()))
                .findFirst()
                .orElseThrow());
        return lines.subList(first + 1, lines.size());
    }

    @Test
    void snapshotHasWhatTheFirstCallNeeds() throws IOException, InterruptedException {
        tables.then(ScriptedServer.answer(200, "healthy"));
        tables.then(OK, OK, OK);

        assertThat(loaded("snap-start")).hasSizeLessThan(30);
        assertThat(tables.requests().get(0))
                .startsWith("GET / HTTP/1.0\r\n")
                .doesNotContainIgnoringCase("authorization");
        assertThat(tables.requests().get(1)).startsWith("POST / HTTP/1.1\r\n");
        assertThat(tables.connections()).as("none is kept through the snapshot").isGreaterThan(1);
        assertThat(container.requests()).isNotEmpty();
    }

    @Test
    void snapshotIsTakenWithoutAWayToTheEndpoint() throws IOException, InterruptedException {
        tables.then(ScriptedServer.CUT, OK, OK, OK);

        assertThat(loaded("snap-start")).isNotNull();
        assertThat(tables.requests().get(0)).startsWith("GET ");
    }

    @Test
    void startWithoutSnapshotConnectsToNothingBeforeTheFirstCall() throws IOException, InterruptedException {
        tables.then(OK, OK, OK);

        assertThat(loaded("on-demand")).hasSizeGreaterThan(200);
        assertThat(tables.requests()).allMatch(request -> request.startsWith("POST "));
        assertThat(tables.connections()).isEqualTo(tables.requests().size());
    }
}
