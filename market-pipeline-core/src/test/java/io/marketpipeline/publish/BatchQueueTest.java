package io.marketpipeline.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchQueueTest {
    private static final int PACK = 4_000;

    private static void offer(BatchQueue queue, String detailType) {
        OutgoingEvent event =
                new OutgoingEvent("id", "market.data", detailType, "{\"text\":\"" + "x".repeat(500) + "\"}");
        assertThat(queue.offer(event, event.entrySize())).isTrue();
    }

    @Test
    void packThatHasWaitedIsHandedOutThoughFullOnesOfAnotherTypeAlwaysWait() throws Exception {
        BatchQueue queue = new BatchQueue(PACK, Duration.ZERO, new Packs(PACK, Duration.ZERO));
        offer(queue, "Market Quote");
        List<String> handedOut = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 20; i++) {
                offer(queue, "Trade Execution");
            }
            queue.next().forEach(entry -> handedOut.add(entry.detailType()));
        }

        assertThat(handedOut).contains("Market Quote");
    }
}
