package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.template.PipelineTemplate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What the alias's description says of why it points where it does. It is the one place that moves together with the
 * alias, so that a rollback is told from a stranger's change without a record of our own.
 */
final class AliasNote {
    /** The template's description: a deployment put it there. */
    static final String DEPLOYED = PipelineTemplate.ALIAS_DESCRIPTION;

    private static final String ROLLED_BACK = "Rolled back";
    private static final String FAST = "Fast deployment";

    private AliasNote() {}

    static String rolledBack(String from, int to, Instant at) {
        return ROLLED_BACK + " from " + from + " to version " + to + " at " + seconds(at) + "; deploy ends it";
    }

    static String fast(int version, Instant at) {
        return FAST + " of version " + version + " at " + seconds(at) + "; deploy makes it a regular one";
    }

    /** Whether {@code rollback} put the alias where it is. */
    static boolean isRollback(String description) {
        return description.startsWith(ROLLED_BACK + " ");
    }

    /** Whether {@code deploy -Dfast} put the alias where it is. */
    static boolean isFast(String description) {
        return description.startsWith(FAST + " ");
    }

    private static Instant seconds(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }
}
