package io.marketpipeline.publish;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event on its way. Owned by one thread at a time. */
final class Pending {
    private final OutgoingEvent event;
    private final int size;
    private @Nullable Instant firstSentAt;
    private boolean maybeAccepted;

    Pending(OutgoingEvent event, int size) {
        this.event = event;
        this.size = size;
    }

    OutgoingEvent event() {
        return event;
    }

    int size() {
        return size;
    }

    void sentAt(Instant now) {
        if (firstSentAt == null) {
            firstSentAt = now;
        }
    }

    /** A request with this event got no answer: whatever a later one says, the bus may have it. */
    void unanswered() {
        maybeAccepted = true;
    }

    PublishResult accepted(String entryId) {
        return new PublishResult.Accepted(event, entryId, firstSentAt == null ? Instant.EPOCH : firstSentAt);
    }

    PublishResult failed(String code, String message) {
        return maybeAccepted
                ? new PublishResult.Unknown(event, code, message)
                : new PublishResult.Refused(event, code, message);
    }
}
