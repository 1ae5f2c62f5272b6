package io.marketpipeline.local.function;

import io.marketpipeline.local.background.BackgroundWork;
import io.marketpipeline.local.gateway.EndpointSettings;
import io.marketpipeline.local.metering.MetricBuffer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** Runs functions: keeps a pool of processes for each version that is invoked. Thread-safe. */
final class FunctionRuntime implements AutoCloseable {
    private static final long IDLE_MILLIS = TimeUnit.MINUTES.toMillis(5);
    private static final long TIME_CHECK_MILLIS = 20;
    private static final long FLUSH_MILLIS = 100;
    private static final long METRICS_MILLIS = 1000;
    private static final String NAMESPACE = "AWS/Lambda";

    private record Entry(String revision, ProcessPool pool) {}

    private final EndpointSettings settings;
    private final JvmLauncher launcher;
    private final LogShipper logs;
    private final MetricBuffer metrics;
    private final Map<String, Entry> pools = new ConcurrentHashMap<>();
    /** The pools of old revisions and deleted versions, too, until their last process has ended: it may hang. */
    private final Set<ProcessPool> living = ConcurrentHashMap.newKeySet();

    private final Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
    private final BackgroundWork clock = new BackgroundWork("function-clock", 1);
    private final BackgroundWork shipping = new BackgroundWork("function-shipping", 1);

    FunctionRuntime(EndpointSettings settings, JvmLauncher launcher, LogShipper logs, MetricBuffer metrics) {
        this.settings = settings;
        this.launcher = launcher;
        this.logs = logs;
        this.metrics = metrics;
        clock.every(TIME_CHECK_MILLIS, this::checkTimes);
        shipping.every(FLUSH_MILLIS, logs::flush);
        shipping.every(METRICS_MILLIS, metrics::flush);
    }

    /**
     * Runs an invocation on a version, now or when a process is free.
     *
     * @param reserved the function's reserved concurrency, or {@link Integer#MAX_VALUE}
     * @param urgent true if somebody waits for the answer
     */
    void submit(FunctionVersion version, IntSupplier reserved, Invocation invocation, boolean urgent) {
        if (!pool(version, reserved).submit(invocation, urgent)) {
            handOver(key(version), invocation, urgent);
        }
    }

    /** Invocations of a function that run or wait. */
    int load(String functionName) {
        return pools.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(functionName + ":"))
                .mapToInt(entry -> entry.getValue().pool().load())
                .sum();
    }

    /** Ends a deleted version's processes; what waits for them is completed as gone. */
    void remove(String functionName, String version) {
        Entry entry = pools.remove(functionName + ":" + version);
        if (entry != null) {
            entry.pool().retire().forEach(FunctionRuntime::gone);
        }
    }

    /** Ends a deleted function's processes. */
    void remove(String functionName) {
        pools.keySet().stream()
                .filter(key -> key.startsWith(functionName + ":"))
                .forEach(key -> remove(functionName, key.substring(functionName.length() + 1)));
    }

    /** Counts something about a function. */
    void count(String functionArn, String metric) {
        measure(functionArn, metric, "Count", 1);
    }

    @Override
    public void close() {
        clock.close();
        shipping.close();
        living.forEach(ProcessPool::kill);
        pools.clear();
        logs.flush();
        metrics.flush();
    }

    private void checkTimes() {
        living.removeIf(ProcessPool::hasEnded);
        living.forEach(ProcessPool::checkTimes);
    }

    private ProcessPool pool(FunctionVersion version, IntSupplier reserved) {
        String key = key(version);
        Entry found = pools.get(key);
        if (found != null && found.revision().equals(version.revision())) {
            return found.pool();
        }
        Entry old = null;
        Entry entry;
        synchronized (this) {
            found = pools.get(key);
            if (found != null && found.revision().equals(version.revision())) {
                return found.pool();
            }
            old = found;
            IntSupplier limit = () -> Math.min(settings.concurrency(), reserved.getAsInt());
            entry = new Entry(version.revision(), new ProcessPool(limit, IDLE_MILLIS, made -> process(version, made)));
            pools.put(key, entry);
            living.add(entry.pool());
        }
        if (old != null) {
            old.pool().retire().forEach(invocation -> handOver(key, invocation, false));
        }
        return entry.pool();
    }

    /** Gives an invocation to whatever pool there is now: a change has retired the one that was meant for it. */
    private void handOver(String key, Invocation invocation, boolean urgent) {
        Entry entry = pools.get(key);
        while (entry != null && !entry.pool().submit(invocation, urgent)) {
            Thread.onSpinWait();
            entry = pools.get(key);
        }
        if (entry == null) {
            gone(invocation);
        }
    }

    private static String key(FunctionVersion version) {
        return version.name() + ":" + version.version();
    }

    private static void gone(Invocation invocation) {
        invocation.completion().accept(InvocationResult.of(InvocationResult.Kind.GONE));
    }

    private FunctionProcess process(FunctionVersion version, ProcessPool pool) {
        String stream = DateTimeFormatter.ofPattern("yyyy/MM/dd", Locale.ROOT).format(LocalDate.now(ZoneOffset.UTC))
                + "/[" + version.version() + "]"
                + UUID.randomUUID().toString().replace("-", "");
        LogShipper.Destination destination = new LogShipper.Destination(version.logGroup(), stream);
        ProcessLog log = new ProcessLog(line -> logs.add(destination, line), launcher.marksEnds());
        return new FunctionProcess(spec(version), pool, log, new Meter(version.name()), launcher, stream);
    }

    private ProcessSpec spec(FunctionVersion version) {
        int memory = version.configuration().path("MemorySize").asInt();
        return new ProcessSpec(
                version.name(),
                version.version(),
                version.code().root(),
                memory,
                version.timeout(),
                variables(version, memory),
                version.logGroup(),
                version.snapStart(),
                version.platformLog());
    }

    /** The environment as the Lambda developer guide lists it ("Defined runtime environment variables"). */
    private Map<String, String> variables(FunctionVersion version, int memory) {
        Map<String, String> variables = new HashMap<>();
        String root = version.code().root().toString();
        variables.put("LANG", "en_US.UTF-8");
        variables.put("TZ", ":UTC");
        variables.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        variables.put("_HANDLER", version.text("Handler"));
        variables.put("LAMBDA_TASK_ROOT", root);
        variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + version.text("Runtime"));
        variables.put("AWS_REGION", settings.region());
        variables.put("AWS_DEFAULT_REGION", settings.region());
        variables.put("AWS_ACCESS_KEY_ID", "local");
        variables.put("AWS_SECRET_ACCESS_KEY", "local");
        variables.put("AWS_ENDPOINT_URL", settings.endpoint().toString());
        variables.put("AWS_EC2_METADATA_DISABLED", "true");
        variables.put("AWS_LAMBDA_FUNCTION_NAME", version.name());
        variables.put("AWS_LAMBDA_FUNCTION_VERSION", version.version());
        variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(memory));
        variables.put("AWS_LAMBDA_LOG_GROUP_NAME", version.logGroup());
        variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        version.configuration()
                .path("Environment")
                .path("Variables")
                .properties()
                .forEach(variable ->
                        variables.put(variable.getKey(), variable.getValue().asText()));
        // The one variable of the machine's that a JVM can't start without on Windows.
        String systemRoot = System.getenv("SystemRoot");
        if (systemRoot != null) {
            variables.put("SystemRoot", systemRoot);
        }
        return variables;
    }

    private void measure(String functionArn, String metric, String unit, double value) {
        String[] parts = functionArn.split(":", -1);
        String name = parts.length > 6 ? parts[6] : functionArn;
        metrics.add(NAMESPACE, metric, unit, Map.of("FunctionName", name), value);
        if (parts.length > 7) {
            metrics.add(
                    NAMESPACE, metric, unit, Map.of("FunctionName", name, "Resource", name + ":" + parts[7]), value);
        }
    }

    private final class Meter implements FunctionProcess.InvocationListener {
        private final AtomicInteger concurrent;

        private Meter(String name) {
            this.concurrent = running.computeIfAbsent(name, unseen -> new AtomicInteger());
        }

        @Override
        public void started(String functionArn) {
            measure(functionArn, "ConcurrentExecutions", "Count", concurrent.incrementAndGet());
        }

        @Override
        public void ended(String functionArn, InvocationResult.Kind kind, double millis) {
            concurrent.decrementAndGet();
            measure(functionArn, "Invocations", "Count", 1);
            measure(functionArn, "Errors", "Count", kind == InvocationResult.Kind.SUCCESS ? 0 : 1);
            measure(functionArn, "Duration", "Milliseconds", Math.rint(millis * 100) / 100);
        }
    }
}
