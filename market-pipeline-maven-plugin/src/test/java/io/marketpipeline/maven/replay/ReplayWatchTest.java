package io.marketpipeline.maven.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.maven.output.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.model.ReplayState;

class ReplayWatchTest {
    private static final Instant START = Instant.parse("2026-11-22T15:00:00Z");
    private static final ReplaySpan SPAN =
            new ReplaySpan(START.minus(Duration.ofMinutes(100)), START.minus(Duration.ofMinutes(50)));

    private final List<String> lines = new ArrayList<>();
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private Instant now = START;

    private static ReplayProgress at(ReplayState state, int minutes) {
        return new ReplayProgress(
                "r",
                state,
                "",
                SPAN,
                minutes == 0 ? Optional.empty() : Optional.of(SPAN.from().plus(Duration.ofMinutes(minutes))),
                START,
                Optional.empty());
    }

    private ReplayProgress watch(boolean terminal, ReplayProgress... looks) throws InterruptedException {
        Console console = Console.of(
                lines::add, lines::add, new PrintStream(screen, true, StandardCharsets.UTF_8), terminal, false);
        Deque<ReplayProgress> next = new ArrayDeque<>(List.of(looks));
        return new ReplayWatch(console, () -> now, duration -> now = now.plus(duration)).untilEnd(next::removeFirst);
    }

    @Test
    void watchWithoutATerminalWritesALineForEachStateAndThenSeldom() throws Exception {
        List<ReplayProgress> looks = new ArrayList<>(List.of(at(ReplayState.STARTING, 0)));
        for (int minute = 1; minute <= 20; minute++) {
            looks.add(at(ReplayState.RUNNING, minute));
        }
        looks.add(at(ReplayState.COMPLETED, 50));

        ReplayProgress end = watch(false, looks.toArray(ReplayProgress[]::new));

        assertThat(end.isCompleted()).isTrue();
        assertThat(lines).hasSizeBetween(4, 8);
        assertThat(lines.get(0)).isEqualTo("Replay r: STARTING, 0 % of the span, 0.0 s");
        assertThat(lines.get(1)).startsWith("Replay r: RUNNING, 2 % of the span, last event of 2026-11-22T13:21:00Z, ");
    }

    @Test
    void watchOnATerminalRedrawsOneLine() throws Exception {
        watch(true, at(ReplayState.RUNNING, 10), at(ReplayState.RUNNING, 25), at(ReplayState.FAILED, 25));

        assertThat(lines).isEmpty();
        assertThat(screen.toString(StandardCharsets.UTF_8)).contains("\r", "20 % of the span", "50 % of the span");
    }

    @Test
    void shareIsWithinTheSpanWhateverTimeEventBridgeNames() {
        assertThat(at(ReplayState.RUNNING, 60).percent()).isEqualTo(100);
        assertThat(at(ReplayState.RUNNING, -5).percent()).isZero();
        assertThat(at(ReplayState.COMPLETED, 0).percent()).isEqualTo(100);
    }
}
