package io.marketpipeline.maven.endpoint;

import io.marketpipeline.maven.config.UserFixableException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A running local endpoint. The pipe to its standard input is its life line: it ends when {@link #close} is called, and
 * when this JVM ends in whatever way. Thread-safe.
 */
public final class EndpointProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("market-pipeline-local ready (http://\\S+)");
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final long LOOK_MS = 50;
    private static final int SHOWN_LINES = 15;

    private final Process process;
    private final URI uri;
    private final Path log;

    private EndpointProcess(Process process, URI uri, Path log) {
        this.process = process;
        this.uri = uri;
        this.log = log;
    }

    /**
     * Starts the endpoint on this JVM's Java and waits until it is ready.
     *
     * @throws UserFixableException where it ends or isn't ready in time, with the last lines that it wrote
     */
    public static EndpointProcess start(EndpointOptions options) throws IOException, InterruptedException {
        return start(options.command(java()), options.log(), START_LIMIT);
    }

    static EndpointProcess start(List<String> command, Path log, Duration limit)
            throws IOException, InterruptedException {
        Optional<Path> directory = Optional.ofNullable(log.getParent());
        if (directory.isPresent()) {
            Files.createDirectories(directory.get());
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ready = false;
        try {
            URI uri = awaitReady(process, log, Instant.now().plus(limit), limit);
            ready = true;
            return new EndpointProcess(process, uri, log);
        } finally {
            if (!ready) {
                process.destroyForcibly();
            }
        }
    }

    /** Where it listens. */
    public URI uri() {
        return uri;
    }

    /** File that takes all it writes. */
    public Path log() {
        return log;
    }

    public boolean alive() {
        return process.isAlive();
    }

    /**
     * Waits until it has ended by itself.
     *
     * @return its exit code
     */
    public int await() throws InterruptedException {
        return process.waitFor();
    }

    /** Ends it and waits until it has; forcibly where it takes too long. Does nothing the second time. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy();
        }
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The last lines that it wrote. */
    public static String lastLines(Path log) throws IOException {
        List<String> lines = readable(log).lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    }

    private static URI awaitReady(Process process, Path log, Instant deadline, Duration limit)
            throws IOException, InterruptedException {
        while (true) {
            boolean ended = process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS);
            Matcher ready = READY.matcher(readable(log));
            if (!ended && ready.find()) {
                return URI.create(ready.group(1));
            }
            if (ended) {
                throw new UserFixableException("The local endpoint ended while it started (exit code "
                        + process.exitValue() + "). " + advice(log));
            }
            if (Instant.now().isAfter(deadline)) {
                throw new UserFixableException("The local endpoint was not ready after " + limit.toSeconds()
                        + " seconds and was ended. " + advice(log));
            }
        }
    }

    private static String advice(Path log) throws IOException {
        String last = lastLines(log);
        boolean taken = last.contains("Address already in use") || last.contains("BindException");
        return (taken
                        ? "Its port is taken: end what listens there, or choose another with -Dport (0 for a free one). "
                        : "")
                + "The last it wrote (" + log + "):\n" + (last.isEmpty() ? "(nothing)" : last);
    }

    // Not every byte need be text: what another process writes is not ours to trust.
    private static String readable(Path log) throws IOException {
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
