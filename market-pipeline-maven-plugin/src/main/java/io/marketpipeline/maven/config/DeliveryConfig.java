package io.marketpipeline.maven.config;

import java.time.Duration;
import java.util.Locale;

/**
 * How events get from the rules to the function.
 *
 * @param mode which way they take
 * @param batchSize messages that go to the function together, at most
 * @param window how long a batch waits to be filled
 * @param concurrency batches in work at once, at most
 */
public record DeliveryConfig(Mode mode, int batchSize, Duration window, int concurrency) {
    private static final int WINDOWLESS_BATCH = 10;

    /** Ways from the rules to the function. */
    public enum Mode {
        /** Each event by itself, pushed by EventBridge through Lambda's own queue. */
        DIRECT,
        /** Through a queue of the stack's, from which Lambda takes batches. */
        BUFFERED,
        /** New events directly, while what is still in the queue is worked off: the step between the two. */
        DRAINING;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether the stack has the queue. */
    public boolean hasQueue() {
        return mode != Mode.DIRECT;
    }

    /** Whether the rules invoke the function themselves. */
    public boolean isDirect() {
        return mode != Mode.BUFFERED;
    }

    static DeliveryConfig read(Reading root, FunctionConfig function) {
        Mode mode = root.choice("delivery", Mode.DIRECT, Mode::label);
        Reading queue = root.group("queue");
        int batchSize = queue.integer("batchSize", 100, 1, 10_000, "messages");
        int window = queue.integer("window", 1, 0, 300, "seconds");
        int concurrency = queue.integer("concurrency", 10, 2, 1000, "batches at once");
        if (batchSize > WINDOWLESS_BATCH && window == 0) {
            queue.wrong("window", "at least 1 where <batchSize> is above " + WINDOWLESS_BATCH, "1");
        }
        if (mode != Mode.DIRECT
                && function.reservedConcurrency().isPresent()
                && function.reservedConcurrency().getAsInt() < concurrency) {
            queue.wrong(
                    "concurrency",
                    "at most <function><reservedConcurrency>, "
                            + function.reservedConcurrency().getAsInt()
                            + ", since batches without a free place count as failed tries",
                    Integer.toString(Math.max(2, function.reservedConcurrency().getAsInt())));
        }
        return new DeliveryConfig(mode, batchSize, Duration.ofSeconds(window), concurrency);
    }
}
