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
                if (runs.getCount() == 3) {
                    runs.countDown();
                    throw new Announced();
                }
                runs.countDown();
            });

            assertThat(runs.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Without a stack, which would look like trouble in the build's output. */
    private static final class Announced extends Error {
        private static final long serialVersionUID = 1L;

        private Announced() {
            super("thrown by this test", null, false, false);
        }
    }
}
