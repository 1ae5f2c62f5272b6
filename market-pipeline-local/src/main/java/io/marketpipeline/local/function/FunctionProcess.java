package io.marketpipeline.local.function;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One function process: a JVM that takes one invocation at a time. It ends when its pool has nothing for it, when an
 * invocation takes too long, or by itself. Thread-safe.
 */
final class FunctionProcess implements RuntimeApiListener, AutoCloseable {
    /** Lambda's limit for what comes before the first invocation, beside the function's own timeout. */
    private static final long LONGEST_INIT_MILLIS = 10_000;

    private static final long MEMORY_SAMPLE_NANOS = 1_000_000_000;

    private record Running(Invocation invocation, long startNanos, long deadlineNanos) {}

    private final ProcessSpec spec;
    private final ProcessPool pool;
    private final ProcessLog log;
    private final InvocationListener listener;
    private final JvmLauncher launcher;
    private final String logStream;
    private final AtomicReference<@Nullable Running> current = new AtomicReference<>();
    private final long bornNanos = System.nanoTime();
    private volatile @Nullable Process process;
    private volatile @Nullable RuntimeApiServer server;
    private volatile byte @Nullable [] initializationError;
    private volatile boolean dead;
    private volatile boolean ready;
    private volatile boolean timedOut;
    private double initMillis;
    private long usedMemory;
    private long sampledNanos;

    /** Told of every invocation; must not block. */
    interface InvocationListener {
        void started(String functionArn);

        void ended(String functionArn, InvocationResult.Kind kind, double millis);
    }

    FunctionProcess(
            ProcessSpec spec,
            ProcessPool pool,
            ProcessLog log,
            InvocationListener listener,
            JvmLauncher launcher,
            String logStream) {
        this.spec = spec;
        this.pool = pool;
        this.log = log;
        this.listener = listener;
        this.launcher = launcher;
        this.logStream = logStream;
    }

    /** Starts the JVM. When that fails the pool hears of it as of a process that ended at once. */
    void start() {
        try {
            RuntimeApiServer api = RuntimeApiServer.start(this);
            server = api;
            Map<String, String> environment = new HashMap<>(spec.variables());
            environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
            environment.put("AWS_LAMBDA_LOG_STREAM_NAME", logStream);
            Process started = launcher.start(spec, environment);
            process = started;
            Thread reader = new Thread(() -> watch(started), "function-output-" + started.pid());
            reader.setDaemon(true);
            reader.start();
        } catch (IOException | RuntimeException | Error e) {
            // Whatever it is, such as no memory for a thread: the pool waits for the process.
            initializationError = InvocationResult.failure("Runtime.InvalidEntrypoint", String.valueOf(e.getMessage()))
                    .payload();
            ended(-1);
        }
    }

    /** Whether it has asked for its first invocation. */
    boolean isReady() {
        return ready;
    }

    /** Ends the process if its invocation, or its start, takes too long. */
    void checkTime() {
        Running running = current.get();
        long now = System.nanoTime();
        boolean late = running != null && now - running.deadlineNanos() > 0;
        boolean stuck = running == null
                && !ready
                && (now - bornNanos) / 1_000_000
                        > LONGEST_INIT_MILLIS + spec.timeout().toMillis();
        if ((late || stuck) && !timedOut) {
            timedOut = true;
            kill();
        }
    }

    @Override
    public @Nullable Handover next() throws InterruptedException {
        if (!ready) {
            ready = true;
            initMillis = (System.nanoTime() - bornNanos) / 1e6;
        }
        Invocation invocation = pool.take(this);
        if (invocation == null) {
            kill();
            return null;
        }
        long start = System.nanoTime();
        current.set(new Running(invocation, start, start + spec.timeout().toNanos()));
        if (dead) {
            completeAbandoned(1);
            return null;
        }
        log.begin(spec.logFormat().start(invocation.requestId(), spec.version()));
        listener.started(invocation.functionArn());
        return new Handover(
                invocation, System.currentTimeMillis() + spec.timeout().toMillis());
    }

    @Override
    public void answered(String requestId, byte[] body) {
        finish(requestId, new InvocationResult(InvocationResult.Kind.SUCCESS, body, ""));
    }

    @Override
    public void failed(String requestId, byte[] body) {
        finish(requestId, new InvocationResult(InvocationResult.Kind.FUNCTION_ERROR, body, ""));
    }

    @Override
    public void initializationFailed(byte[] body) {
        initializationError = body;
    }

    @Override
    public void close() {
        kill();
    }

    private void finish(String requestId, InvocationResult result) {
        Running running = current.get();
        if (running != null
                && running.invocation().requestId().equals(requestId)
                && current.compareAndSet(running, null)) {
            complete(running, result);
        }
    }

    private void complete(Running running, InvocationResult result) {
        Invocation invocation = running.invocation();
        double millis = (System.nanoTime() - running.startNanos()) / 1e6;
        boolean success = result.kind() == InvocationResult.Kind.SUCCESS;
        PlatformLog.Report report = new PlatformLog.Report(millis, initMillis, spec.memory(), usedMemoryMb(), success);
        initMillis = 0;
        for (String line : spec.logFormat().report(invocation.requestId(), report)) {
            log.platform(line);
        }
        listener.ended(invocation.functionArn(), result.kind(), millis);
        invocation.completion().accept(invocation.wantsLog() ? result.withLog(log.tail()) : result);
    }

    private void watch(Process started) {
        log.read(started.getInputStream());
        try {
            ended(started.waitFor());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            started.destroyForcibly();
        }
    }

    private void ended(int status) {
        RuntimeApiServer api = server;
        if (api != null) {
            api.close();
        }
        dead = true;
        completeAbandoned(status);
        pool.ended(this, initializationError());
    }

    /** Answers the invocation that the process had when it died, or took in that moment; whoever comes first. */
    private void completeAbandoned(int status) {
        Running running = current.getAndSet(null);
        if (running != null) {
            complete(running, endedResult(running.invocation().requestId(), status));
        }
    }

    /** What an invocation gets that waits for a process that never became ready; null if this one did. */
    private @Nullable InvocationResult initializationError() {
        byte[] error = initializationError;
        if (error != null) {
            return new InvocationResult(InvocationResult.Kind.FUNCTION_ERROR, error, "");
        }
        return ready
                ? null
                : InvocationResult.failure("Runtime.ExitError", "Error: Runtime exited without providing a reason");
    }

    private InvocationResult endedResult(String requestId, int status) {
        if (timedOut) {
            String seconds = "%d.%02d"
                    .formatted(spec.timeout().toSeconds(), spec.timeout().toMillisPart() / 10);
            log.platform(Instant.now() + " " + requestId + " Task timed out after " + seconds + " seconds");
            return InvocationResult.failure(
                    "Sandbox.Timedout",
                    "RequestId: " + requestId + " Error: Task timed out after " + seconds + " seconds");
        }
        String reason = status == 0
                ? "Runtime exited without providing a reason"
                : "Runtime exited with error: " + (status > 128 ? signal(status - 128) : "exit status " + status);
        log.platform("RequestId: " + requestId + " Error: " + reason);
        return InvocationResult.failure("Runtime.ExitError", "RequestId: " + requestId + " Error: " + reason);
    }

    private static String signal(int number) {
        return number == 9 ? "signal: killed" : "signal: " + number;
    }

    private void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
        }
    }

    /** The most memory that the process had so far, in MB; 0 where the system doesn't tell. Asked once a second at most. */
    private long usedMemoryMb() {
        Process running = process;
        long now = System.nanoTime();
        if (running == null || (usedMemory > 0 && now - sampledNanos < MEMORY_SAMPLE_NANOS)) {
            return usedMemory;
        }
        sampledNanos = now;
        Path status = Path.of("/proc", Long.toString(running.pid()), "status");
        try {
            usedMemory = Files.readAllLines(status, StandardCharsets.UTF_8).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(kilobytes -> Long.parseLong(kilobytes) / 1024)
                    .findFirst()
                    .orElse(usedMemory);
        } catch (IOException e) {
            // Not Linux, or the process has just ended.
        }
        return usedMemory;
    }
}
