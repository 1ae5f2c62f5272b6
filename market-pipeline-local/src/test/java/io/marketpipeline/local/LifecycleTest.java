package io.marketpipeline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The endpoint as a process of its own: it says when it is ready, and leaves nothing behind. */
class LifecycleTest {
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private Path temporary;

    private Process process;
    private URI uri;

    @BeforeEach
    void startProcess() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(LocalEndpoint.jvmFlags(Runtime.version().feature()));
        command.addAll(List.of(
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                LocalEndpoint.class.getName(),
                "--port",
                "0"));
        process = new ProcessBuilder(command)
                .redirectError(temporary.resolve("err.txt").toFile())
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String ready = out.readLine();
        assertThat(ready).startsWith("market-pipeline-local ready http://127.0.0.1:");
        uri = URI.create(ready.substring(ready.lastIndexOf(' ') + 1));
    }

    @AfterEach
    void killProcess() {
        process.destroyForcibly();
    }

    @Test
    void processWhenStandardInputEndsEndsCleanly() throws Exception {
        process.getOutputStream().close();

        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertNothingLeft();
    }

    @Test
    void processWhenTerminatedEndsCleanly() throws Exception {
        process.destroy();

        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertNothingLeft();
    }

    @Test
    void portWhenTakenIsNamedWithTheWayOut() {
        assertThatThrownBy(() -> LocalEndpoint.start(LocalOptions.defaults().withPort(uri.getPort())))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("Port " + uri.getPort())
                .hasMessageContaining("--port N");
    }

    private void assertNothingLeft() throws IOException {
        assertThat(process.descendants()).isEmpty();
        assertThat(Files.readString(temporary.resolve("err.txt"))).isEmpty();
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("market-pipeline-local"));
        }
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), uri.getPort()).close())
                .isInstanceOf(IOException.class);
        new ServerSocket(uri.getPort(), 1, InetAddress.getLoopbackAddress()).close();
    }
}
