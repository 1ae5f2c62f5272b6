package io.marketpipeline.local.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackgroundWorkTest {
    /** It was never run again, and nothing said so. */
    @Test
    void repeatedTaskThatMeetsAnErrorIsRepeatedStill() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(3);
        try (BackgroundWork work = new BackgroundWork("test", 1)) {
            work.every(1, () -> {
                runs.countDown();
                throw new OutOfMemoryError("for a moment");
            });

            assertThat(runs.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
