package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.Element;
import org.jspecify.annotations.Nullable;

/** Element {@code <queue>}: the queue of {@code <delivery>buffered}. */
public final class QueueBean {
    /** Messages that go to the function together, at most, 1 to 10000; default 100. A batch never exceeds 6 MB. */
    private @Nullable String batchSize;

    /** Seconds that a batch waits to be filled, 0 to 300; default 1. 0 only with a batch size of at most 10. */
    private @Nullable String window;

    /** Batches in work at once, at most, 2 to 1000; default 10. Not above {@code <reservedConcurrency>}. */
    private @Nullable String concurrency;

    Element element() {
        return Element.group("queue")
                .value("batchSize", batchSize)
                .value("window", window)
                .value("concurrency", concurrency)
                .build();
    }
}
