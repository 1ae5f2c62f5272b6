package io.marketpipeline.maven.faults;

import io.marketpipeline.event.MarketEvent;
import io.marketpipeline.lambda.MarketPipelineHandler;
import io.marketpipeline.processor.MarketEventProcessor;
import io.marketpipeline.processor.ProcessorParts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A user's function that does harm to its process for certain symbols. */
public final class HarmfulHandler extends MarketPipelineHandler {
    /** Takes all memory. */
    static final String GREEDY = "GREEDY";

    /** Never returns. */
    static final String STUCK = "STUCK";

    /** Throws. */
    static final String BROKEN = "BROKEN";

    public HarmfulHandler() {
        super(HarmfulProcessor::new);
    }

    private static final class HarmfulProcessor extends MarketEventProcessor {
        HarmfulProcessor(ProcessorParts parts) {
            super(parts);
        }

        @Override
        protected void validate(MarketEvent event) {
            switch (event.symbol()) {
                case GREEDY -> takeAllMemory();
                case STUCK -> waitForEver();
                case BROKEN -> throw new IllegalStateException("broken on purpose");
                default -> {}
            }
        }

        private static void takeAllMemory() {
            List<byte[]> taken = new ArrayList<>();
            while (taken.size() < Integer.MAX_VALUE) {
                taken.add(new byte[16 << 20]);
            }
        }

        private static void waitForEver() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
