package io.marketpipeline.maven.story;

import java.time.Instant;
import java.util.List;

/**
 * What is known of an event.
 *
 * @param askedAt when that was
 * @param versions one for each event time, the oldest first
 */
record EventStory(String environment, String eventId, Instant askedAt, List<Version> versions, QueueLook queue) {
    EventStory {
        versions = List.copyOf(versions);
    }
}
