package io.marketpipeline.bench;

import io.marketpipeline.lambda.MarketPipelineHandler;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs all contestants in turn, again and again, against one stub, and gathers the medians. */
final class Benchmark {
    /** The flags of the local endpoint's function processes for 512 MB. */
    static final List<String> FLAGS =
            List.of("-Xmx445644k", "-Xms8m", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Djava.net.preferIPv4Stack=true");

    /** As Lambda has it without SnapStart. */
    private static final List<String> FIRST_COMPILER = List.of("-XX:+TieredCompilation", "-XX:TieredStopAtLevel=1");

    private final BenchSettings settings;
    private final Path ticks;
    private final ClassData classData;
    private final String oursClassPath;
    private final Path classes;

    Benchmark(BenchSettings settings) throws IOException {
        this.settings = settings;
        this.ticks = settings.output().resolve("ticks.jsonl");
        this.classes = settings.output().resolve("driver.jar");
        Ticks.write(settings.data(), ticks);
        DriverJar.copyTo(classes);
        this.classData = ClassData.beside(settings.zip());
        this.oursClassPath = classData.classPath() + File.pathSeparator + classes;
    }

    /** All numbers by name; null where there was nothing to measure. */
    Map<String, @Nullable Double> run() throws IOException {
        Map<String, @Nullable Double> results = new LinkedHashMap<>();
        try (StubDynamoDb stub = new StubDynamoDb()) {
            Child child = new Child(environment(stub.address()));
            warm(child, stub, results);
            cold(child, results);
            if (settings.java25() != null) {
                coldOn25(child, settings.java25(), results);
            }
            primed(child, results);
            results.put("classes_ours", (double)
                    classes(child, command("ours", oursClassPath, List.of(), List.of("cold"))));
            results.put("classes_plain", (double)
                    classes(child, command("plain", settings.classPath(), List.of(), List.of("cold"))));
        }
        results.putAll(Cost.measure(
                environment("http://127.0.0.1:0"),
                command("ours", oursClassPath, List.of(), List.of()),
                seed("").orElse(null),
                Ticks.detailBytes(ticks)));
        results.put("zip_mb", Files.size(settings.zip()) / 1e6);
        ratios(results);
        return results;
    }

    private static Map<String, String> environment(String endpoint) {
        return Map.ofEntries(
                Map.entry("PATH", "/usr/bin:/bin"),
                Map.entry("AWS_ENDPOINT_URL", endpoint),
                Map.entry("AWS_REGION", "us-east-1"),
                Map.entry("AWS_DEFAULT_REGION", "us-east-1"),
                Map.entry("AWS_ACCESS_KEY_ID", "bench"),
                Map.entry("AWS_SECRET_ACCESS_KEY", "bench"),
                Map.entry("AWS_EC2_METADATA_DISABLED", "true"),
                Map.entry("ENVIRONMENT", "bench"),
                Map.entry("MARKET_DATA_TABLE", "market-data-bench"),
                Map.entry("AUDIT_TRAIL_TABLE", "audit-trail-bench"));
    }

    private void warm(Child child, StubDynamoDb stub, Map<String, @Nullable Double> results) throws IOException {
        Samples samples = new Samples();
        List<String> measured = List.of("warm", settings.warmSeconds(), settings.seconds());
        for (int round = 0; round < settings.rounds(); round++) {
            seed("warm").ifPresent(command -> samples.add("seed", child, command));
            samples.add("plain", child, command("plain", settings.classPath(), List.of(), measured));
            samples.add("ours", child, command("ours", oursClassPath, List.of(), measured));
            samples.add("batched", child, command("batched", oursClassPath, List.of(), measured));
            samples.add("loop", loop(stub.address()));
            samples.add(
                    "floor", child, command("floor", oursClassPath, List.of("-Dbench.port=" + stub.port()), measured));
        }
        for (String contestant : List.of("seed", "plain", "ours", "loop", "batched", "floor")) {
            results.put(contestant + "_events_per_s", samples.median(contestant, "events_per_s"));
            results.put(contestant + "_p50_us", samples.median(contestant, "p50_us"));
            results.put(contestant + "_p99_us", samples.median(contestant, "p99_us"));
            results.put(contestant + "_peak_mb", samples.median(contestant, "peak_mb"));
        }
    }

    private Map<String, Double> loop(String endpoint) throws IOException {
        Map<String, String> environment = new HashMap<>(environment(endpoint));
        environment.put("_HANDLER", MarketPipelineHandler.class.getName());
        environment.put("AWS_LAMBDA_FUNCTION_NAME", "market-processor-bench");
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
        environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "bench");
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
        List<String> command = new ArrayList<>(List.of(settings.java().toString()));
        command.addAll(FLAGS);
        command.addAll(List.of(
                "-cp",
                classData.classPath() + File.pathSeparator + settings.classPath(),
                "io.marketpipeline.local.function.runtime.RuntimeLoop"));
        List<byte[]> events = new ArrayList<>();
        for (String line : Files.readAllLines(ticks)) {
            events.add(line.getBytes(StandardCharsets.UTF_8));
        }
        return new LoopContestant(events, environment)
                .run(command, Double.parseDouble(settings.warmSeconds()), Double.parseDouble(settings.seconds()));
    }

    private void cold(Child child, Map<String, @Nullable Double> results) throws IOException {
        Samples samples = new Samples();
        List<String> cold = List.of("cold");
        List<String> both = new ArrayList<>(FIRST_COMPILER);
        both.addAll(classData.flags());
        for (int round = 0; round < settings.coldRounds(); round++) {
            seed("cold").ifPresent(command -> samples.add("seed", child, command));
            samples.add("plain", child, command("plain", settings.classPath(), FIRST_COMPILER, cold));
            samples.add("ours", child, command("ours", oursClassPath, FIRST_COMPILER, cold));
            samples.add("archive", child, command("ours", oursClassPath, both, cold));
        }
        results.put("seed_cold_ms", samples.median("seed", "first_ms"));
        results.put("plain_cold_ms", samples.median("plain", "first_ms"));
        results.put("ours_cold_ms", samples.median("ours", "first_ms"));
        results.put("ours_cold_archive_ms", samples.median("archive", "first_ms"));
    }

    private Optional<List<String>> seed(String mode) {
        Path python = settings.python();
        if (python == null) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>(List.of(
                python.toString(),
                settings.output().resolve("seed_driver.py").toString(),
                String.valueOf(settings.seed()),
                ticks.toString()));
        if (!mode.isEmpty()) {
            command.add(mode);
        }
        if (mode.equals("warm")) {
            command.addAll(List.of(settings.warmSeconds(), settings.seconds()));
        }
        return Optional.of(command);
    }

    private List<String> command(String target, String classPath, List<String> flags, List<String> mode) {
        List<String> command = new ArrayList<>(List.of(settings.java().toString()));
        command.addAll(FLAGS);
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, Driver.class.getName(), target, ticks.toString()));
        command.addAll(mode);
        return command;
    }

    /** Java 25 with the cache of its own kind, made of the same training run. */
    private void coldOn25(Child child, Path java, Map<String, @Nullable Double> results) throws IOException {
        Path cache = settings.output().resolve("function.aot");
        Files.deleteIfExists(cache);
        List<String> training = new ArrayList<>(command("ours", oursClassPath, FIRST_COMPILER, List.of("cold")));
        training.set(0, java.toString());
        training.add(1, "-XX:AOTCacheOutput=" + cache);
        child.run(training);
        Samples samples = new Samples();
        for (int round = 0; round < settings.coldRounds(); round++) {
            for (boolean cached : new boolean[] {false, true}) {
                List<String> run = new ArrayList<>(command("ours", oursClassPath, FIRST_COMPILER, List.of("cold")));
                run.set(0, java.toString());
                if (cached) {
                    run.add(1, "-XX:AOTCache=" + cache);
                }
                samples.add(cached ? "cached" : "plain", child, run);
            }
        }
        results.put("ours_cold_java25_ms", samples.median("plain", "first_ms"));
        results.put("ours_cold_java25_aot_ms", samples.median("cached", "first_ms"));
    }

    /** What the handler's constructor takes, and what it leaves to the first event, with its rehearsal and without. */
    private void primed(Child child, Map<String, @Nullable Double> results) throws IOException {
        Samples samples = new Samples();
        Map<String, String> targets = Map.of("primed", "ours", "unprimed", "unprimed");
        for (int round = 0; round < settings.coldRounds(); round++) {
            for (Map.Entry<String, String> target : targets.entrySet()) {
                samples.add(
                        target.getKey(), child, command(target.getValue(), oursClassPath, List.of(), List.of("first")));
            }
        }
        for (Map.Entry<String, String> target : targets.entrySet()) {
            String name = target.getKey();
            results.put(name + "_constructor_ms", millis(samples.median(name, "made")));
            results.put(name + "_first_event_ms", millis(samples.median(name, "first")));
            results.put(name + "_first_event_classes", (double) classesBehind(
                    child, command(target.getValue(), oursClassPath, List.of(), List.of("first")), "FirstEvent"));
        }
    }

    private static @Nullable Double millis(@Nullable Double nanos) {
        return nanos == null ? null : Double.valueOf(nanos / 1e6);
    }

    private static long classes(Child child, List<String> command) throws IOException {
        return classesBehind(child, command, "");
    }

    /** How many classes are loaded behind the first whose name has a part. */
    private static long classesBehind(Child child, List<String> command, String part) throws IOException {
        Path log = Files.createTempFile("classes", ".log");
        try {
            List<String> logged = new ArrayList<>(command);
            logged.add(1, "-Xlog:class+load:file=" + log);
            child.run(logged);
            try (Stream<String> lines = Files.lines(log)) {
                return lines.dropWhile(line -> !line.contains(part))
                        .filter(line -> line.contains(" source: "))
                        .count();
            }
        } finally {
            Files.delete(log);
        }
    }

    private static void ratios(Map<String, @Nullable Double> results) {
        results.put("warm_vs_seed", ratio(results, "ours_events_per_s", "seed_events_per_s"));
        results.put("batched_vs_seed", ratio(results, "batched_events_per_s", "seed_events_per_s"));
        results.put("plain_vs_seed", ratio(results, "plain_events_per_s", "seed_events_per_s"));
        results.put("cold_plain_vs_seed", ratio(results, "ours_cold_ms", "seed_cold_ms"));
        results.put("cold_archive_vs_seed", ratio(results, "ours_cold_archive_ms", "seed_cold_ms"));
        results.put("memory_vs_seed", ratio(results, "ours_peak_mb", "seed_peak_mb"));
    }

    private static @Nullable Double ratio(Map<String, @Nullable Double> results, String ours, String theirs) {
        Double above = results.get(ours);
        Double below = results.get(theirs);
        return above == null || below == null ? null : Double.valueOf(above / below);
    }

    /** Measurements by contestant and name. */
    private static final class Samples {
        private final Map<String, List<Map<String, Double>>> runs = new LinkedHashMap<>();

        void add(String contestant, Child child, List<String> command) {
            try {
                add(contestant, child.run(command));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void add(String contestant, Map<String, Double> run) {
            Double nanos = run.get("nanos");
            if (nanos != null) {
                run.put("events_per_s", run.get("events") * 1e9 / nanos);
                run.put("p50_us", run.get("p50") / 1e3);
                run.put("p99_us", run.get("p99") / 1e3);
                run.put("peak_mb", run.get("peak_kb") / 1024);
            }
            runs.computeIfAbsent(contestant, name -> new ArrayList<>()).add(run);
        }

        @Nullable
        Double median(String contestant, String name) {
            List<Map<String, Double>> of = runs.get(contestant);
            if (of == null) {
                return null;
            }
            double[] sorted =
                    of.stream().mapToDouble(run -> run.get(name)).sorted().toArray();
            return Double.valueOf(Arrays.stream(sorted)
                    .skip((sorted.length - 1) / 2)
                    .limit(2 - sorted.length % 2)
                    .average()
                    .orElseThrow());
        }
    }
}
