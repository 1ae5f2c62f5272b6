package io.marketpipeline.maven.stack;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a deploy ended.
 *
 * @param kind what was done
 * @param outputs the stack's outputs, sorted by key
 * @param took from the first look at the stack to its last
 */
public record StackResult(Kind kind, Map<String, String> outputs, Duration took) {
    /** What a deploy did. */
    public enum Kind {
        CREATED,
        UPDATED,
        /** The stack was as it should be, what serves wasn't: it is again. */
        RESTORED,
        /** The code alone was replaced, past CloudFormation. */
        CODE_REPLACED,
        UNCHANGED
    }

    public StackResult {
        outputs = Collections.unmodifiableMap(new TreeMap<>(outputs));
    }
}
