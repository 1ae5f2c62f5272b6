package io.marketpipeline.maven.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A process of Maven, what it wrote, and the processes that it started. {@link #close} ends all of them. */
final class MavenRun implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(8);
    private static final Duration ENDING_LIMIT = Duration.ofSeconds(20);
    private static final long LOOK_MS = 50;
    private static final long SIGINT_BIT = 1L << 1;

    private final Process process;
    private final Thread reader;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Set<ProcessHandle> children = Collections.synchronizedSet(new LinkedHashSet<>());

    MavenRun(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "maven-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Waits until Maven has ended by itself. */
    MavenRun untilEnd() throws InterruptedException {
        boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            close();
            throw new AssertionError("Maven did not end within " + LIMIT + ":\n" + output());
        }
        reader.join(ENDING_LIMIT.toMillis());
        return this;
    }

    /** Waits for a line that has the pattern in it. */
    Matcher awaitLine(Pattern pattern) throws InterruptedException {
        Instant end = Instant.now().plus(LIMIT);
        while (Instant.now().isBefore(end)) {
            Matcher matcher = pattern.matcher(output());
            if (matcher.find()) {
                return matcher;
            }
            if (process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        throw new AssertionError("No line with " + pattern + " in:\n" + output());
    }

    int exitCode() {
        return process.exitValue();
    }

    /** All that it wrote. */
    String output() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    /** What a goal wrote, without Maven's prefix; {@code time} counts from 1. */
    String outputOf(String goal, int time) {
        // Maven 3.8 writes market-pipeline-maven-plugin:0.1:query, Maven 3.9 writes market-pipeline:0.1:query.
        Pattern head = Pattern.compile("\\[INFO] --- market-pipeline[a-z-]*:[^: ]+:" + goal + " \\(.*");
        int seen = 0;
        List<String> section = new ArrayList<>();
        for (String line : output().lines().toList()) {
            if (seen == time && line.matches("\\[INFO] (--- .*|>>> .*|-{60,}|BUILD .*)")) {
                break;
            }
            if (seen == time) {
                section.add(line.replaceFirst("^\\[(INFO|WARNING|ERROR)] ?", ""));
            } else if (head.matcher(line).matches()) {
                seen++;
            }
        }
        return String.join("\n", section);
    }

    /** Processes that Maven started, directly or not: those seen when it wrote a line, and those there now. */
    Set<ProcessHandle> children() {
        look();
        return Set.copyOf(children);
    }

    /** Those of the children that are still alive after a while. */
    List<String> leftOver() throws InterruptedException {
        CompletableFuture<?>[] endings =
                children().stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(endings).get(ENDING_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The list says it.
        }
        return children.stream()
                .filter(MavenRun::runs)
                .map(child -> child.pid() + " " + child.info().commandLine().orElse(""))
                .collect(Collectors.toList());
    }

    /** Ctrl-C. */
    void interrupt() throws IOException, InterruptedException {
        children();
        new ProcessBuilder("kill", interruptIsIgnored() ? "-TERM" : "-INT", Long.toString(process.pid()))
                .start()
                .waitFor();
        process.waitFor(ENDING_LIMIT.toSeconds(), TimeUnit.SECONDS);
        reader.join(ENDING_LIMIT.toMillis());
    }

    /**
     * Whether this build was started with SIGINT ignored, as shells start what runs in the background: its children ignore
     * it, too, and Java can't undo that.
     */
    private static boolean interruptIsIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & SIGINT_BIT) != 0);
    }

    /** What nothing can be done against. */
    void kill() throws InterruptedException {
        children();
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        look();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    /** Ended ones that nobody has asked for their exit code have no command any more. */
    private static boolean runs(ProcessHandle child) {
        return child.isAlive() && child.info().command().isPresent();
    }

    private void read() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line.replaceAll("\u001b\\[[0-9;]*m", ""));
                look();
            }
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void look() {
        process.descendants().forEach(children::add);
    }
}
