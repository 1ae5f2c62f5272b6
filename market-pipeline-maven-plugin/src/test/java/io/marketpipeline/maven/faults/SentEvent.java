package io.marketpipeline.maven.faults;

/**
 * A line of the manifest: an event that was handed over.
 *
 * @param sha256 of the bytes of {@code detail}
 * @param valid whether it can be stored; what is not must end as a dead letter
 */
record SentEvent(String eventId, String sha256, boolean valid, String envelope) {}
