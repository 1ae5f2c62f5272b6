package io.marketpipeline.local;

import io.marketpipeline.local.gateway.EndpointSettings;
import io.marketpipeline.local.gateway.GatewayServer;
import io.marketpipeline.local.gateway.ServiceDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * An AWS-shaped endpoint on one loopback port, made of real engines. Thread-safe.
 *
 * <p>On Java 24 and later the JVM warns about native access and {@code sun.misc.Unsafe} of the engines, unless it is started
 * with {@link #jvmFlags(int)}.
 */
public final class LocalEndpoint implements AutoCloseable {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final int FIRST_WARNING_JAVA = 24;

    private final GatewayServer server;
    private final ServiceDirectory services;
    private final Path workFolder;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalEndpoint(GatewayServer server, ServiceDirectory services, Path workFolder) {
        this.server = server;
        this.services = services;
        this.workFolder = workFolder;
    }

    /**
     * Starts an endpoint; it answers when this returns.
     *
     * @throws java.net.BindException if the port is taken, with the port and the way out
     * @throws IOException if no temporary folder can be made
     */
    public static LocalEndpoint start(LocalOptions options) throws IOException {
        GatewayServer server = GatewayServer.open(options.port());
        Path workFolder;
        try {
            workFolder = Files.createTempDirectory("market-pipeline-local-");
        } catch (IOException e) {
            server.close();
            throw e;
        }
        EndpointSettings settings = new EndpointSettings(
                options.region(),
                options.accountId(),
                server.uri(),
                workFolder,
                options.delayFactor(),
                options.concurrency(),
                Duration.ofMillis(options.stackStep()),
                options.stackHold(),
                options.classData());
        LocalEndpoint endpoint = new LocalEndpoint(server, new ServiceDirectory(settings), workFolder);
        try {
            LocalServices.addTo(endpoint.services, settings);
            server.serve(endpoint.services);
            return endpoint;
        } catch (RuntimeException | Error e) {
            try {
                endpoint.close();
            } catch (RuntimeException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    /** The address to aim SDKs and the CLI at, such as {@code http://127.0.0.1:4700}. */
    public URI uri() {
        return server.uri();
    }

    /** What the endpoint offers: the names of operations by service, such as {@code PutEvents} by {@code events}. */
    public Map<String, Set<String>> operations() {
        return services.operations();
    }

    /** Stops answering, ends all engines and child processes, and deletes the temporary folder. A second call does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                server.close();
            } finally {
                try {
                    services.close();
                } finally {
                    delete(workFolder);
                }
            }
        }
    }

    /** The flags that keep a JVM of the given feature release, such as 25, from warning about the engines. */
    public static List<String> jvmFlags(int javaRelease) {
        return javaRelease < FIRST_WARNING_JAVA
                ? List.of()
                : List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    }

    /**
     * Runs an endpoint until standard input ends, or the process is told to end. Prints one line on standard output when it
     * is ready.
     */
    public static void main(String[] arguments) throws IOException {
        try {
            LocalEndpoint endpoint = start(LocalOptions.parse(arguments));
            Runtime.getRuntime().addShutdownHook(new Thread(endpoint::close, "close"));
            System.out.println("market-pipeline-local ready " + endpoint.uri());
            System.out.flush();
            awaitEnd(System.in);
            System.exit(0);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(MISUSED);
        } catch (IOException | RuntimeException e) {
            System.err.println("The local endpoint could not start: " + e.getMessage());
            System.exit(FAILED);
        } catch (Error e) {
            // Threads of the engines would keep the process and its port alive, without an answer.
            System.err.println("The local endpoint could not start: " + e);
            System.exit(FAILED);
        }
    }

    private static void awaitEnd(InputStream lifeLine) throws IOException {
        byte[] ignored = new byte[64];
        int read;
        do {
            read = lifeLine.read(ignored);
        } while (read >= 0);
    }

    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                // A native library that this process has loaded can't be deleted on Windows; the system's clean-up
                // takes it.
                path.toFile().delete();
            }
        } catch (IOException e) {
            System.err.println("Could not delete " + folder + ": " + e.getMessage());
        }
    }
}
