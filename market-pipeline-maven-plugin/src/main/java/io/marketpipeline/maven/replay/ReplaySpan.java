package io.marketpipeline.maven.replay;

import io.marketpipeline.maven.config.TtlConfig;
import io.marketpipeline.maven.config.UserFixableException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A span of the times at which the bus took events. Immutable.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record ReplaySpan(Instant from, Instant to) {
    /** "We recommend you delay replaying archived events for 10 minutes": EventBridge user guide, "Event delivery". */
    private static final Duration ARCHIVE_LAG = Duration.ofMinutes(10);

    /**
     * A span.
     *
     * @throws UserFixableException if it is empty, or ends after now
     */
    public static ReplaySpan of(Instant from, Instant to, Instant now) {
        if (!from.isBefore(to)) {
            throw new UserFixableException("-Dfrom (" + from + ") must be before -Dto (" + to + ")");
        }
        if (to.isAfter(now)) {
            throw new UserFixableException("-Dto is " + to + ", which is still to come: it is "
                    + now.truncatedTo(ChronoUnit.SECONDS) + " now. The archive has only what the bus took already");
        }
        return new ReplaySpan(from.truncatedTo(ChronoUnit.MILLIS), to.truncatedTo(ChronoUnit.MILLIS));
    }

    /**
     * Refuses a span that the archive can't give back.
     *
     * @throws UserFixableException naming what it can
     */
    void requireIn(BusArchive archive, Instant now) {
        archive.keptSince(now).filter(from::isBefore).ifPresent(since -> {
            throw new UserFixableException("-Dfrom is " + from + ", but the archive keeps events for "
                    + archive.retentionDays() + " days, so since " + since.truncatedTo(ChronoUnit.SECONDS)
                    + ". Begin later; what is older can only be published again from your own files. To keep events"
                    + " longer from now on, raise <archive><retentionDays> and deploy");
        });
        if (!to.isAfter(archive.created())) {
            throw new UserFixableException("-Dto is " + to + ", but the archive was made at "
                    + archive.created().truncatedTo(ChronoUnit.SECONDS) + " and has nothing from before");
        }
    }

    /** Why the archive may not have all of the span. */
    List<String> lateness(BusArchive archive, Instant now) {
        List<String> warnings = new ArrayList<>();
        if (from.isBefore(archive.created())) {
            warnings.add("The archive was made at " + archive.created().truncatedTo(ChronoUnit.SECONDS)
                    + ": what the bus took before isn't in it");
        }
        if (to.isAfter(now.minus(ARCHIVE_LAG))) {
            warnings.add("Events come into the archive up to " + ARCHIVE_LAG.toMinutes()
                    + " minutes late: what isn't in it yet isn't replayed. Take the end of the span again later");
        }
        return warnings;
    }

    /** What somebody who replays the span to the rules should know first. */
    List<String> warnings(BusArchive archive, TtlConfig ttl, Instant now) {
        List<String> warnings = lateness(archive, now);
        ttl.shortestDays().ifPresent(days -> {
            Instant alive = now.minus(Duration.ofDays(days));
            if (from.isBefore(alive)) {
                warnings.add("Rows of events from before " + alive.truncatedTo(ChronoUnit.SECONDS)
                        + " may have expired (<ttl>, " + days + " days at the shortest): where DynamoDB has deleted the"
                        + " row, which takes it up to some days after it expired, the event is stored again and lives"
                        + " that long once more; else it is found a duplicate, and nothing is stored");
            }
        });
        return warnings;
    }
}
