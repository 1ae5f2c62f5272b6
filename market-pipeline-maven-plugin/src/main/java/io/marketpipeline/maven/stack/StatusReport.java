package io.marketpipeline.maven.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How a pipeline is, at one moment.
 *
 * @param stack name of the stack
 * @param status such as {@code UPDATE_COMPLETE}
 * @param reason what CloudFormation says of it; empty for nothing
 * @param since when an operation on it began last
 * @param live what serves; empty where the function isn't there
 * @param alarms of the stack, by name
 * @param queues of the stack, by name
 * @param errorsSince from when on errors were looked for
 * @param errors the function's last ones, the newest first
 * @param drift what was changed past CloudFormation; empty where nobody looked
 * @param outputs of the stack
 */
public record StatusReport(
        String stack,
        String status,
        Optional<String> reason,
        Instant since,
        Optional<LiveState> live,
        List<AlarmState> alarms,
        List<QueueState> queues,
        Instant errorsSince,
        List<LogLine> errors,
        Optional<StackDrift.Found> drift,
        Map<String, String> outputs) {
    public StatusReport {
        alarms = List.copyOf(alarms);
        queues = List.copyOf(queues);
        errors = List.copyOf(errors);
        outputs = Collections.unmodifiableMap(new TreeMap<>(outputs));
    }

    /**
     * What the alias points to.
     *
     * @param version in words
     * @param published when that version was; empty where the endpoint doesn't say
     * @param code the first digits of its code's hash
     * @param deployed the version that the stack stands for
     * @param explanation why it is another one; empty where it isn't, or nobody has said
     * @param kept how many versions there are
     */
    record LiveState(
            String version,
            Optional<Instant> published,
            String code,
            OptionalInt deployed,
            Optional<String> explanation,
            int kept) {
        /** Whether something else serves than what was deployed. */
        boolean moved() {
            return deployed.isPresent() && !version.equals("version " + deployed.getAsInt());
        }
    }

    /** @param state {@code OK}, {@code ALARM} or {@code INSUFFICIENT_DATA} */
    record AlarmState(String name, String state, Optional<Instant> since, String reason) {}

    /**
     * A queue.
     *
     * @param deadLetters whether it holds failed events
     * @param waiting messages that can be received
     * @param held messages that somebody has received and not yet deleted
     * @param oldest age of the oldest; empty where there is none, or CloudWatch hasn't measured it yet
     */
    record QueueState(String name, boolean deadLetters, long waiting, long held, Optional<Duration> oldest) {
        long messages() {
            return waiting + held;
        }
    }

    /** A line of the function's log. */
    record LogLine(Instant time, String text) {}
}
