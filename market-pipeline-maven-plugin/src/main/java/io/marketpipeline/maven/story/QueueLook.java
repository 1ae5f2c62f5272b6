package io.marketpipeline.maven.story;

import java.util.Optional;

/**
 * How far the dead-letter queue was looked at.
 *
 * @param letters how many were
 * @param whole whether there were no others
 * @param problem why none could be; empty if they could
 */
record QueueLook(long letters, boolean whole, Optional<String> problem) {
    /** In words, for where no letter was found. */
    String words() {
        if (problem.isPresent()) {
            return "the queue couldn't be looked at: " + problem.get();
        }
        return "none of " + letters + " in the queue is this event's"
                + (whole ? "" : "; there are more, which weren't looked at");
    }
}
