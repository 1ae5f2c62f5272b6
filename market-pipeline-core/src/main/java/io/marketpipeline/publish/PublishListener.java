package io.marketpipeline.publish;

import java.util.List;

/**
 * Hears what becomes of events. Called on the publisher's threads, by one at a time. What it throws ends the
 * publishing: nothing more is sent, and {@code publish} and {@code close} throw it on.
 */
@FunctionalInterface
public interface PublishListener {
    /** Called once per answered request with the events that are done; each event is told exactly once. */
    void onResults(List<PublishResult> results);

    /** Called for an event that is sent though it is larger than what older endpoints take. Does nothing by default. */
    default void onLargeEntry(OutgoingEvent event, int bytes) {}

    /** Called before events are sent again. Does nothing by default. */
    default void onRetry(int events, String code) {}
}
