package io.marketpipeline.bench;

import io.marketpipeline.lambda.MarketPipelineHandler;
import io.marketpipeline.lambda.Unprimed;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The process of one contestant: {@code Driver TARGET TICKS cold | first | some EVENTS | warm WARM_SECONDS SECONDS}. What the handler logs goes to
 * standard output, the result to standard error.
 */
public final class Driver {
    /** Few, so that what a process holds of them hardly counts in its peak memory; the original's driver takes as many. */
    private static final int WARM_TICKS = 250;

    private Driver() {}

    /** Runs one contestant. */
    public static void main(String[] arguments) throws IOException {
        boolean cold = arguments[2].equals("cold") || arguments[2].equals("first");
        long start = System.nanoTime();
        int most = cold ? 1 : arguments[2].equals("warm") ? WARM_TICKS : Integer.MAX_VALUE;
        Target target = target(arguments[0], ticks(Path.of(arguments[1]), most));
        if (arguments[2].equals("first")) {
            long made = System.nanoTime();
            FirstEvent.begins();
            target.invoke(0);
            System.err.println("{\"made\":" + (made - start) + ",\"first\":" + (System.nanoTime() - made) + "}");
            return;
        }
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
        run(target, seconds(arguments[3]), new Latencies());
        Latencies latencies = new Latencies();
        long[] result = run(target, seconds(arguments[4]), latencies);
        System.err.println("{\"events\":" + result[0] + ",\"nanos\":" + result[1] + ",\"p50\":"
                + latencies.nanos(50) + ",\"p99\":" + latencies.nanos(99)
                + ",\"peak_kb\":" + peakKilobytes("self") + "}");
    }

    private static long seconds(String text) {
        return (long) (Double.parseDouble(text) * 1e9);
    }

    /** Without streams, whose classes would count as the handler's in a cold start. */
    private static List<byte[]> ticks(Path file, int most) throws IOException {
        List<byte[]> ticks = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new FileInputStream(file.toFile()), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && ticks.size() < most; line = lines.readLine()) {
                ticks.add(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        return ticks;
    }

    private static Target target(String name, List<byte[]> ticks) throws IOException {
        return switch (name) {
            case "ours" -> new OursTarget(new MarketPipelineHandler(), ticks, 1);
            case "unprimed" -> new OursTarget(Unprimed.handler(), ticks, 1);
            case "batched" -> new OursTarget(new MarketPipelineHandler(), ticks, OursTarget.BATCH);
            case "plain" -> new PlainTarget(ticks);
            case "floor" -> new FloorTarget(Integer.getInteger("bench.port", 0));
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Events and nanoseconds. */
    private static long[] run(Target target, long nanos, Latencies latencies) throws IOException {
        long events = 0;
        int invocations = 0;
        long start = System.nanoTime();
        long now = start;
        while (now - start < nanos) {
            events += target.invoke(invocations++);
            long then = System.nanoTime();
            latencies.add(then - now);
            now = then;
        }
        return new long[] {events, now - start};
    }

    /** The most memory that a process had; 0 where the system doesn't tell. */
    static long peakKilobytes(String process) throws IOException {
        Path status = Path.of("/proc", process, "status");
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

    /** Its loading marks in a log of loaded classes where the first event begins. */
    private static final class FirstEvent {
        static void begins() {
            // Nothing but to be loaded.
        }
    }
}
