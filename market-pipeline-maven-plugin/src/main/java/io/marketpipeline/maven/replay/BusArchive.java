package io.marketpipeline.maven.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The archive of a bus. Immutable.
 *
 * @param arn its ARN
 * @param busArn ARN of the bus whose events it keeps
 * @param retentionDays 0 for ever
 * @param created since when it keeps them
 */
record BusArchive(String arn, String busArn, int retentionDays, Instant created) {
    /** The earliest time whose events are surely there still; empty where none is ever dropped. */
    Optional<Instant> keptSince(Instant now) {
        return retentionDays == 0 ? Optional.empty() : Optional.of(now.minus(Duration.ofDays(retentionDays)));
    }
}
