package io.marketpipeline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The benchmark as `mvn -Pbench verify` runs it. Fails where it can't measure, not where a target is missed. */
class BenchIT {
    private final Path output = Path.of(System.getProperty("bench.output"));

    @Test
    void benchmarkRunsAndWritesItsResults() throws IOException, RunnerException, InterruptedException {
        Files.createDirectories(output);
        Path seed = Path.of(System.getProperty("bench.seed"));
        BenchSettings settings = new BenchSettings(
                zip(),
                System.getProperty("java.class.path"),
                output,
                Path.of(System.getProperty("bench.data")),
                seed,
                python(seed),
                Path.of(System.getProperty("java.home"), "bin", "java"),
                java25(),
                Integer.getInteger("bench.rounds", 5),
                Integer.getInteger("bench.coldRounds", 11),
                "5",
                "4");

        Map<String, @Nullable Double> results = new LinkedHashMap<>(new Benchmark(settings).run());
        results.putAll(pureCode());
        write(results);

        assertThat(results.get("ours_events_per_s")).isPositive();
        assertThat(Files.readString(output.resolve("results.json"))).contains("\"warm_vs_seed\"", "\"zip_mb\"");
    }

    private static @Nullable Path java25() {
        String home = System.getProperty("bench.java25", "");
        return home.isEmpty() ? null : Path.of(home, "bin", "java");
    }

    private static Path zip() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("target", "market-pipeline"))) {
            return files.filter(file -> file.toString().endsWith(".zip"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the plugin packaged no function"));
        }
    }

    /** The interpreter given, or one made here; null, with a word why, where the original can't be run. */
    private @Nullable Path python(Path seed) throws IOException, InterruptedException {
        if (!Files.exists(seed.resolve("handler.py"))) {
            System.out.println("No handler.py in " + seed + " (-Dbench.seed): its columns stay empty.");
            return null;
        }
        try (InputStream driver = Objects.requireNonNull(BenchIT.class.getResourceAsStream("seed_driver.py"))) {
            Files.copy(driver, output.resolve("seed_driver.py"), StandardCopyOption.REPLACE_EXISTING);
        }
        String given = System.getProperty("bench.python", "");
        if (!given.isEmpty()) {
            return Path.of(given);
        }
        Path python = output.resolve("venv").resolve("bin").resolve("python");
        boolean made = Files.exists(python)
                || (runs("python3", "-m", "venv", output.resolve("venv").toString())
                        && runs(python.toString(), "-m", "pip", "install", "--quiet", "boto3==1.43.106"));
        if (!made) {
            System.out.println(
                    "No Python with boto3 could be made (-Dbench.python names one): its columns stay empty.");
        }
        return made ? python : null;
    }

    private static boolean runs(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false; // no such program
        }
    }

    private Map<String, Double> pureCode() throws RunnerException {
        Collection<RunResult> runs = new Runner(new OptionsBuilder()
                        .include(PureCode.class.getName())
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(2))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(2))
                        .addProfiler(GCProfiler.class)
                        .jvmArgs(Benchmark.FLAGS.toArray(new String[0]))
                        .jvmArgsAppend("-Dbench.ticks=" + output.resolve("ticks.jsonl"))
                        .build())
                .run();
        Map<String, Double> results = new LinkedHashMap<>();
        for (RunResult run : runs) {
            String name = run.getPrimaryResult().getLabel().endsWith("Hash") ? "pure_hashed" : "pure";
            results.put(name + "_events_per_s", run.getPrimaryResult().getScore());
            results.put(
                    name + "_bytes_per_event",
                    run.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
        }
        return results;
    }

    private void write(Map<String, @Nullable Double> results) throws IOException {
        List<String> members = results.entrySet().stream()
                .map(result -> "  \"" + result.getKey() + "\": " + number(result.getValue(), "null"))
                .toList();
        Files.writeString(
                output.resolve("results.json"), "{\n" + String.join(",\n", members) + "\n}\n", StandardCharsets.UTF_8);
        StringBuilder table = new StringBuilder("\nPrices of " + new Bill().date() + "; medians.\n");
        results.forEach((name, value) ->
                table.append(String.format(Locale.ROOT, "%-40s %14s%n", name.replace('_', ' '), number(value, "-"))));
        Files.writeString(output.resolve("results.txt"), table, StandardCharsets.UTF_8);
        System.out.println(table);
    }

    private static String number(@Nullable Double value, String absent) {
        return value == null ? absent : String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.3f" : "%.0f", value);
    }
}
