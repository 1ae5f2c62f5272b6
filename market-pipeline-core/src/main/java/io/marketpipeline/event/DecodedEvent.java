package io.marketpipeline.event;

import java.util.List;
import java.util.Objects;

/** What an envelope turned out to carry. */
public sealed interface DecodedEvent {
    /** A valid event. */
    record Valid(MarketEvent event) implements DecodedEvent {}

    /**
     * An event that can never be stored, with what could be read of it.
     *
     * @param eventId its identity; where none could be read, {@code unreadable-} and the SHA-256 of the envelope's bytes,
     *     so that the same bytes always have the same id
     * @param detailType its detail type; {@code unknown} where it couldn't be read
     * @param timestampMillis its event time, else the envelope's time, else 0; milliseconds since the epoch
     * @param rejections everything that is wrong with it, at least one
     */
    record Invalid(String eventId, String detailType, long timestampMillis, List<Rejection> rejections)
            implements DecodedEvent {
        public Invalid {
            Objects.requireNonNull(eventId, "eventId");
            Objects.requireNonNull(detailType, "detailType");
            rejections = List.copyOf(rejections);
        }
    }
}
