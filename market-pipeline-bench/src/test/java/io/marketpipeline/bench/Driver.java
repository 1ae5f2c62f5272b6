package io.marketpipeline.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The process of one contestant: {@code Driver TARGET TICKS cold | some EVENTS | warm WARM_SECONDS SECONDS}. What the handler logs goes to
 * standard output, the result to standard error.
 */
public final class Driver {
    private static final int MAX_LATENCIES = 2_000_000;

    private Driver() {}

    /** Runs one contestant. */
    public static void main(String[] arguments) throws IOException {
        boolean cold = arguments[2].equals("cold");
        Target target = target(arguments[0], ticks(Path.of(arguments[1]), cold));
        if (cold) {
            target.invoke(0);
            System.err.println("{\"first\":true}");
            return;
        }
        if (arguments[2].equals("some")) {
            for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
                target.invoke(i);
            }
            System.err.println("{\"first\":true}");
            return;
        }
        run(target, seconds(arguments[3]), new long[MAX_LATENCIES]);
        long[] latencies = new long[MAX_LATENCIES];
        long[] result = run(target, seconds(arguments[4]), latencies);
        int invocations = (int) Math.min(result[1], MAX_LATENCIES);
        Arrays.sort(latencies, 0, invocations);
        System.err.println("{\"events\":" + result[0] + ",\"nanos\":" + result[2] + ",\"p50\":"
                + latencies[invocations / 2] + ",\"p99\":" + latencies[(int) (invocations * 99L / 100)]
                + ",\"peak_kb\":" + peakKilobytes() + "}");
    }

    private static long seconds(String text) {
        return (long) (Double.parseDouble(text) * 1e9);
    }

    private static List<byte[]> ticks(Path file, boolean first) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.limit(first ? 1 : Long.MAX_VALUE)
                    .map(line -> line.getBytes(StandardCharsets.UTF_8))
                    .toList();
        }
    }

    private static Target target(String name, List<byte[]> ticks) throws IOException {
        return switch (name) {
            case "ours" -> new OursTarget(ticks, 1);
            case "batched" -> new OursTarget(ticks, OursTarget.BATCH);
            case "plain" -> new PlainTarget(ticks);
            case "floor" -> new FloorTarget(Integer.getInteger("bench.port", 0));
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Events, invocations and nanoseconds. */
    private static long[] run(Target target, long nanos, long[] latencies) throws IOException {
        long events = 0;
        int invocations = 0;
        long start = System.nanoTime();
        long now = start;
        while (now - start < nanos) {
            events += target.invoke(invocations);
            long then = System.nanoTime();
            if (invocations < latencies.length) {
                latencies[invocations] = then - now;
            }
            invocations++;
            now = then;
        }
        return new long[] {events, invocations, now - start};
    }

    /** The most memory that this process had; 0 where the system doesn't tell. */
    private static long peakKilobytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return 0;
    }
}
