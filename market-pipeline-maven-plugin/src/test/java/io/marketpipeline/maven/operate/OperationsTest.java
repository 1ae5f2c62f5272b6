package io.marketpipeline.maven.operate;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.maven.config.AuditConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.publish.OutgoingEvent;
import io.marketpipeline.publish.PublishResult;
import io.marketpipeline.store.AuditTrailQuery;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OperationsTest {
    private static final OutgoingEvent EVENT = new OutgoingEvent("bac:trade:BAC:1", "s", "Trade Execution", "{}");

    @Test
    void eventsThatTheBusDidNotAcceptAreNamedWithTheirReason() {
        assertThatThrownBy(() -> Operations.requireAccepted(outcome(
                        new PublishResult.Refused(EVENT, "MalformedDetail", "no"),
                        new PublishResult.Unknown(EVENT, "Timeout", "no answer"))))
                .isInstanceOf(UserFixableException.class)
                .hasMessage("2 events not accepted by the bus:\n"
                        + "  bac:trade:BAC:1: MalformedDetail no\n"
                        + "  bac:trade:BAC:1: outcome unknown, Timeout no answer\n"
                        + "All are in manifest.jsonl. When the cause is mended, publish the same files again: what was"
                        + " accepted is stored once");
    }

    @Test
    void runThatTheBusAcceptedIsFine() {
        assertThatCode(() -> Operations.requireAccepted(outcome())).doesNotThrowAnyException();
    }

    @Test
    void recordsByTypeWhenTheirIndexIsLeftOutSaysWhatCanBeAsked() {
        AuditConfig bare = new AuditConfig(AuditConfig.OnFailure.FAIL, OptionalInt.empty(), false);

        assertThatThrownBy(() -> Operations.requireIndexFor(AuditTrailQuery.byEventType("Trade Execution"), bare))
                .isInstanceOf(UserFixableException.class)
                .hasMessage("Records can't be read by event type: <audit><index>false leaves the index EventTypeIndex"
                        + " out. Ask for an event with -DeventId, or set <index>true and deploy");
        assertThatCode(() -> Operations.requireIndexFor(AuditTrailQuery.byEventId("e"), bare))
                .doesNotThrowAnyException();
    }

    private static PublishOutcome outcome(PublishResult... failed) {
        return new PublishOutcome(
                List.of(), List.of(failed), 0, Set.of(), Instant.EPOCH, Duration.ZERO, Path.of("manifest.jsonl"));
    }
}
