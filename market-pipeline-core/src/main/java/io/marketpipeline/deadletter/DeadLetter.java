package io.marketpipeline.deadletter;

import io.marketpipeline.event.RawData;
import io.marketpipeline.event.Rejection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event that can never be stored, with the reason. Immutable.
 *
 * @param envelope exact bytes of the envelope, or of the payload where no envelope could be told apart in it
 * @param rejection why
 * @param eventId identity of the event, or {@code unreadable-} and the payload's hash
 * @param detailType the event's detail type; null where it couldn't be read
 * @param requestId request id of the invocation that refused it
 */
public record DeadLetter(
        RawData envelope, Rejection rejection, String eventId, @Nullable String detailType, String requestId) {
    public DeadLetter {
        Objects.requireNonNull(envelope, "envelope");
        Objects.requireNonNull(rejection, "rejection");
        Objects.requireNonNull(eventId, "eventId");
        Objects.requireNonNull(requestId, "requestId");
    }
}
