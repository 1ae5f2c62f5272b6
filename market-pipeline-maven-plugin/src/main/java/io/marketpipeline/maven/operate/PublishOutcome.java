package io.marketpipeline.maven.operate;

import io.marketpipeline.publish.PublishResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a run of publishing came to. Immutable.
 *
 * @param accepted events that the bus has
 * @param failed events that were refused, or whose outcome is unknown
 * @param malformed rows that were left out
 * @param prefixes what the identities of the run's data sets begin with; empty if identities are made otherwise
 * @param startedAt before the first event was sent
 * @param elapsed until the last was answered
 * @param manifest where all of it is written
 */
record PublishOutcome(
        List<Sent> accepted,
        List<PublishResult> failed,
        long malformed,
        Set<String> prefixes,
        Instant startedAt,
        Duration elapsed,
        Path manifest) {
    PublishOutcome {
        accepted = List.copyOf(accepted);
        failed = List.copyOf(failed);
        prefixes = Set.copyOf(prefixes);
    }
}
