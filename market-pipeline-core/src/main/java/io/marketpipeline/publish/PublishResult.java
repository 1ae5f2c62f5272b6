package io.marketpipeline.publish;

import java.time.Instant;

/** What became of one event. */
public sealed interface PublishResult {
    /** The event that was to be sent. */
    OutgoingEvent event();

    /**
     * The bus has it.
     *
     * @param entryId EventBridge's id of the entry, the {@code id} of the envelope; of an event of a pack with {@code #}
     *     and its place in it behind
     * @param sentAt when it was first sent
     */
    record Accepted(OutgoingEvent event, String entryId, Instant sentAt) implements PublishResult {}

    /**
     * The bus doesn't have it.
     *
     * @param code EventBridge's error code, or {@link #TOO_LARGE} or {@link #NOT_SENT}
     */
    record Refused(OutgoingEvent event, String code, String message) implements PublishResult {
        /** The entry is larger than the limit that the publisher was given. */
        public static final String TOO_LARGE = "EntryTooLarge";

        /** The publisher was interrupted before it sent the event. */
        public static final String NOT_SENT = "NotSent";
    }

    /**
     * No answer came, and retries are used up: the bus may have it. Sending it again with the same identity is safe.
     *
     * @param code what went wrong last
     */
    record Unknown(OutgoingEvent event, String code, String message) implements PublishResult {}
}
