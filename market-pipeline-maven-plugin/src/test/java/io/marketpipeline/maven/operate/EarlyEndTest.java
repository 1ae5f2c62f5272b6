package io.marketpipeline.maven.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EarlyEndTest {
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    @Test
    void workIsInterruptedAndHeardOutBeforeTheLastWords() throws Exception {
        EarlyEnd end = EarlyEnd.of(Duration.ofMinutes(1), () -> said.add("last words"));
        Thread process = new Thread(end::end);
        process.start();

        try (end) {
            assertThatThrownBy(() -> new CountDownLatch(1).await()).isInstanceOf(InterruptedException.class);
            assertThat(end.hasBegun()).isTrue();
            said.add("noted");
        }
        process.join();

        assertThat(said).containsExactly("noted", "last words");
    }

    @Test
    void workThatDoesNotEndIsNotWaitedForForever() {
        EarlyEnd end = EarlyEnd.of(Duration.ofMillis(1), () -> said.add("last words"));
        try (end) {
            end.end();

            assertThat(said).containsExactly("last words");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void workThatIsAboutToEndIsLeftToItself() {
        EarlyEnd end = EarlyEnd.of(Duration.ofMillis(1), () -> said.add("last words"));
        try (end) {
            end.finishing();
            end.end();

            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Test
    void workThatEndsByItselfSaysNothing() {
        EarlyEnd end = EarlyEnd.of(Duration.ofMinutes(1), () -> said.add("last words"));
        end.close();

        assertThat(end.hasBegun()).isFalse();
        assertThat(said).isEmpty();
    }
}
