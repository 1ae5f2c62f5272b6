package io.marketpipeline.maven.it;

import io.marketpipeline.local.LocalEndpoint;
import io.marketpipeline.local.LocalOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An AWS-shaped endpoint that a test deploys to, on a free port of its own; it ends with {@link #close}.
 *
 * @param name as in {@code lacks-NAME.txt}
 * @param uri where it listens
 * @param ending ends it
 */
record DeploymentEndpoint(String name, URI uri, Runnable ending) implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int LOOK_MS = 100;

    /** Ours. */
    static DeploymentEndpoint local() throws IOException {
        LocalEndpoint endpoint = LocalEndpoint.start(LocalOptions.defaults().withPort(0));
        return new DeploymentEndpoint("local", endpoint.uri(), endpoint::close);
    }

    /** MiniStack, of the Python environment {@code -Dcontract.endpoints}. */
    static DeploymentEndpoint miniStack(Path folder) throws IOException, InterruptedException {
        int port = freePort();
        // Its MQTT listener has a port that is not for us to take.
        Map<String, String> variables =
                Map.of("GATEWAY_PORT", Integer.toString(port), "IOT_MTLS_ENABLED", "0", "MINISTACK_HOST", "127.0.0.1");
        return program("ministack", port, variables, folder, List.of());
    }

    /** moto's server, of the Python environment {@code -Dcontract.endpoints}. */
    static DeploymentEndpoint moto(Path folder) throws IOException, InterruptedException {
        int port = freePort();
        return program("moto_server", port, Map.of(), folder, List.of("-H", "127.0.0.1", "-p", Integer.toString(port)));
    }

    /** A program of the Python environment with boto3 and the foreign endpoints. */
    static Path python(String program) {
        String venv = System.getProperty("contract.endpoints", "");
        if (venv.isEmpty()) {
            throw new IllegalStateException("profile contract needs -Dcontract.endpoints, a Python environment with"
                    + " ministack, moto and boto3; .ci/run shows how to get it");
        }
        return Path.of(venv, "bin", program);
    }

    private static DeploymentEndpoint program(
            String program, int port, Map<String, String> variables, Path folder, List<String> arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(python(program).toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(program + ".log").toFile());
        builder.command().addAll(arguments);
        builder.environment().putAll(variables);
        Process process = builder.start();
        Runnable ending = () -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
        };
        awaitPort(process, port, folder.resolve(program + ".log"));
        return new DeploymentEndpoint(program.replace("_server", ""), URI.create("http://127.0.0.1:" + port), ending);
    }

    private static void awaitPort(Process process, int port, Path log) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(START_LIMIT);
        while (!listens(port)) {
            if (process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS) || Instant.now().isAfter(end)) {
                process.destroyForcibly();
                throw new AssertionError("The endpoint did not start:\n" + Files.readString(log));
            }
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LOOK_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        ending.run();
    }
}
