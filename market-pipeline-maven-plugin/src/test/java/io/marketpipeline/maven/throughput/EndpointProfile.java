package io.marketpipeline.maven.throughput;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Processor time of the endpoint and its function processes, by part. Times of threads are the kernel's; those of threads that run
 * several parts' code are shared out by the samples of a flight recording. For one thread.
 */
final class EndpointProfile {
    /** Who code belongs to, by the start of a class's name; what is named nowhere is its caller's. */
    private static final Map<String, String> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put("com.amazonaws.services.dynamodbv2", "DynamoDB Local");
        PARTS.put("com.amazon.dynamodb", "DynamoDB Local");
        PARTS.put("com.almworks.sqlite4java", "DynamoDB Local");
        PARTS.put("org.partiql", "DynamoDB Local");
        PARTS.put("org.elasticmq", "ElasticMQ and Pekko");
        PARTS.put("org.apache.pekko", "ElasticMQ and Pekko");
        PARTS.put("software.amazon.event.ruler", "event-ruler");
        PARTS.put("io.marketpipeline", "our glue");
        PARTS.put("org.eclipse.jetty", "Jetty");
    }

    private final ProcessHandle endpoint;
    private final Path directory;
    private Snapshot before = Snapshot.NONE;
    private Duration publisher = Duration.ZERO;
    private long startNanos;
    private int recordings;

    /** Of the endpoint, this process's only child. */
    EndpointProfile(Path directory) {
        this.directory = directory;
        List<ProcessHandle> children = ProcessHandle.current().children().toList();
        if (children.size() != 1) {
            throw new IllegalStateException("Which of these is the endpoint? " + children);
        }
        this.endpoint = children.get(0);
    }

    void start() throws IOException, InterruptedException {
        jcmd("JFR.start", "name=run", "jdk.ExecutionSample#enabled=true", "jdk.ExecutionSample#period=10ms");
        before = Snapshot.of(endpoint);
        publisher = own();
        startNanos = System.nanoTime();
    }

    /** Ends the measurement and tells it as a table. */
    String stop(long events) throws IOException, InterruptedException {
        double wall = (System.nanoTime() - startNanos) / 1e9;
        Snapshot used = Snapshot.of(endpoint).minus(before);
        double ours = own().minus(publisher).toNanos() / 1e9;
        Path file = directory.resolve("run-" + recordings++ + ".jfr");
        jcmd("JFR.stop", "name=run", "filename=" + file);
        Map<String, Double> parts = new LinkedHashMap<>();
        Map<String, Double> shares = shares(file);
        shares.forEach((part, share) -> parts.put(part, share * used.java()));
        parts.merge("DynamoDB Local", used.sqlite(), Double::sum);
        parts.merge("ElasticMQ and Pekko", used.queues(), Double::sum);
        parts.put("JIT compiler", used.compiler());
        parts.put("collector and other threads of the JVM", used.machine());
        parts.put("function processes", used.functions());
        parts.put("publisher (and the test)", ours);
        double all = parts.values().stream().mapToDouble(Double::doubleValue).sum();
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "| %.0f s, of two cores %.0f %% | CPU s | share | ms an event |%n|---|---|---|---|%n",
                wall,
                100 * all / wall / 2));
        parts.forEach((part, seconds) -> table.append(String.format(
                Locale.ROOT,
                "| %s | %.1f | %.0f %% | %.2f |%n",
                part,
                seconds,
                100 * seconds / all,
                1000 * seconds / events)));
        return table.append("(of DynamoDB Local, SQLite's thread: ")
                .append(String.format(Locale.ROOT, "%.1f s)%n", used.sqlite()))
                .toString();
    }

    private static Duration own() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static Map<String, Double> shares(Path file) throws IOException {
        Map<String, Double> samples = new LinkedHashMap<>();
        double all = 0;
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample")
                        && !Snapshot.isOneParts(threadName(event))) {
                    samples.merge(part(event).orElse("other"), 1.0, Double::sum);
                    all++;
                }
            }
        }
        double total = Math.max(1, all);
        samples.replaceAll((part, count) -> count / total);
        return samples;
    }

    private static String threadName(RecordedEvent event) {
        var thread = event.getThread("sampledThread");
        return thread == null || thread.getJavaName() == null ? "" : thread.getJavaName();
    }

    private static Optional<String> part(RecordedEvent event) {
        if (event.getStackTrace() == null) {
            return Optional.empty();
        }
        for (RecordedFrame frame : event.getStackTrace().getFrames()) {
            String type = frame.getMethod().getType().getName();
            for (Map.Entry<String, String> part : PARTS.entrySet()) {
                if (type.startsWith(part.getKey())) {
                    return Optional.of(part.getValue());
                }
            }
        }
        return Optional.empty();
    }

    private void jcmd(String... command) throws IOException, InterruptedException {
        String[] whole = new String[command.length + 2];
        whole[0] = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        whole[1] = Long.toString(endpoint.pid());
        System.arraycopy(command, 0, whole, 2, command.length);
        Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", whole) + " failed: " + output);
        }
    }
}
