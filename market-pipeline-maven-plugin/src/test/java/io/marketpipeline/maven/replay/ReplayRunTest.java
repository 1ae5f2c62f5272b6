package io.marketpipeline.maven.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.output.Console;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.model.ReplayState;

class ReplayRunTest {
    private static final Instant START = Instant.parse("2026-11-22T15:00:00Z");
    private static final ReplaySpan SPAN = new ReplaySpan(START, START.plus(Duration.ofMinutes(100)));

    private final List<String> lines = new ArrayList<>();
    private final AwsClients clients = AwsClients.of(Configurations.minimal());
    private final ReplayRun run = new ReplayRun(
            clients, Configurations.minimal(), Console.of(lines::add, lines::add, System.out, false, false));

    @AfterEach
    void close() {
        clients.close();
    }

    private static ReplayProgress ended(ReplayState state, String reason, Optional<Instant> last) {
        return new ReplayProgress("r", state, reason, SPAN, last, START, Optional.of(START.plusSeconds(75)));
    }

    /** A minute before the last event: it told the last event's time, before which others of its minute may be due still. */
    @Test
    void replayThatFailedFailsTheGoalAndSaysFromWhereToGoOn() {
        ReplayProgress failed = ended(ReplayState.FAILED, "no idea", Optional.of(START.plus(Duration.ofMinutes(40))));

        assertThatThrownBy(() -> run.finish(failed))
                .isInstanceOf(UserFixableException.class)
                .hasMessage("Replay r of 2026-11-22T15:00:00Z to 2026-11-22T16:40:00Z is FAILED (no idea) after 40 % of"
                        + " the span; start another one with -Dfrom=2026-11-22T15:39:00Z -Dto=2026-11-22T16:40:00Z,"
                        + " what comes twice is found a duplicate");
    }

    @Test
    void replayThatEndedInItsFirstMinuteIsStartedAgain() {
        assertThatThrownBy(() ->
                        run.finish(ended(ReplayState.CANCELLED, "", Optional.of(START.plus(Duration.ofSeconds(60))))))
                .isInstanceOf(UserFixableException.class)
                .hasMessageEndingWith("is CANCELLED after 1 % of the span; start it again");
    }

    @Test
    void replayThatSomebodyCancelledFailsTheGoal() {
        assertThatThrownBy(() -> run.finish(ended(ReplayState.CANCELLED, "", Optional.empty())))
                .isInstanceOf(UserFixableException.class)
                .hasMessageEndingWith("is CANCELLED after 0 % of the span; start it again");
    }

    @Test
    void replayThatCompletedIsSummedUp() {
        run.finish(ended(ReplayState.COMPLETED, "", Optional.of(START.plusSeconds(5))));

        assertThat(lines.get(0))
                .isEqualTo(
                        "Completed replay r of 2026-11-22T15:00:00Z to 2026-11-22T16:40:00Z in 1 min 15 s, last event"
                                + " of 2026-11-22T15:00:05Z");
        assertThat(lines.get(1)).contains("on their way to the function", "market-pipeline:status -Denv=dev");
    }

    @Test
    void replayOfASpanWithoutEventsSaysSo() {
        run.finish(ended(ReplayState.COMPLETED, "", Optional.empty()));

        assertThat(lines).singleElement().asString().endsWith("in which the archive has no event");
    }

    @Test
    void nameThatNoReplayCanHaveIsRefused() {
        assertThat(ReplayRun.named("-Dattach", "reopen-1")).isEqualTo("reopen-1");
        assertThatThrownBy(() -> ReplayRun.named("-Dattach", "a b"))
                .hasMessage("-Dattach is 'a b', must be the name of a replay, as replay printed it");
    }

    @Test
    void nameTellsWhenItWasMade() {
        String name = ReplayRun.newName("reconcile-dev-");

        assertThat(name).matches("reconcile-dev-\\d{8}T\\d{9}");
        assertThat(ReplayRun.madeAt("reconcile-dev-", "reconcile-dev-20261122T150000123"))
                .isEqualTo("2026-11-22T15:00:00.123Z");
        assertThat(ReplayRun.madeAt("reconcile-dev-", "reconcile-dev-mine")).isNull();
        assertThat(ReplayRun.madeAt("reconcile-dev-", "trade-events-rule-dev")).isNull();
    }
}
