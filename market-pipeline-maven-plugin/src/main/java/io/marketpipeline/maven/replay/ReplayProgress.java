package io.marketpipeline.maven.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.eventbridge.model.DescribeReplayResponse;
import software.amazon.awssdk.services.eventbridge.model.ReplayState;

/**
 * How far a replay is. Immutable.
 *
 * @param reason why it is in its state; empty if EventBridge says none
 * @param span times of the events that it replays
 * @param last time of the event that it replayed last; empty before the first
 * @param started when it began
 * @param ended when it ended; empty before
 */
public record ReplayProgress(
        String name,
        ReplayState state,
        String reason,
        ReplaySpan span,
        Optional<Instant> last,
        Instant started,
        Optional<Instant> ended) {
    private static final int PERCENT = 100;
    private static final Duration UNORDERED = Duration.ofMinutes(1);

    static ReplayProgress of(DescribeReplayResponse replay) {
        return new ReplayProgress(
                replay.replayName(),
                replay.state(),
                replay.stateReason() == null ? "" : replay.stateReason(),
                new ReplaySpan(replay.eventStartTime(), replay.eventEndTime()),
                Optional.ofNullable(replay.eventLastReplayedTime()),
                replay.replayStartTime(),
                Optional.ofNullable(replay.replayEndTime()));
    }

    /** Whether nothing more will come of it. */
    public boolean hasEnded() {
        return switch (state) {
            case COMPLETED, CANCELLED, FAILED -> true;
            default -> false;
        };
    }

    public boolean isCompleted() {
        return state == ReplayState.COMPLETED;
    }

    /** How much of the span's time is done, in percent. */
    int percent() {
        if (isCompleted()) {
            return PERCENT;
        }
        long whole = Duration.between(span.from(), span.to()).toMillis();
        long done =
                last.map(time -> Duration.between(span.from(), time).toMillis()).orElse(0L);
        return (int) Math.max(0, Math.min(PERCENT, whole == 0 ? 0 : done * PERCENT / whole));
    }

    /**
     * From where another one has to start to leave nothing out; empty if that is the beginning. Within a minute events are
     * replayed in no order: those before the last may still be due (EventBridge user guide, "Replaying archived events").
     */
    Optional<Instant> resumption() {
        return last.map(time -> time.minus(UNORDERED)).filter(span.from()::isBefore);
    }

    Duration elapsed(Instant now) {
        return Duration.between(started, ended.orElse(now));
    }
}
