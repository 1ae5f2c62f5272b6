package io.marketpipeline.publish;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * An event to send. The entry's own time is never set: EventBridge's clock is right for archives, which are replayed
 * by it, and the time of the market is in the detail. Immutable.
 *
 * @param eventId the identity in {@code detail}, by which results are told apart; not read from {@code detail}
 * @param source source that rules match, such as {@code market.data}
 * @param detailType detail type that rules match, such as {@code Trade Execution}
 * @param detail a JSON object; sent as it is, byte for byte
 */
public record OutgoingEvent(String eventId, String source, String detailType, String detail) {
    public OutgoingEvent {
        Objects.requireNonNull(eventId, "eventId");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(detailType, "detailType");
        Objects.requireNonNull(detail, "detail");
    }

    /**
     * Size in bytes as EventBridge counts it: UTF-8 of source, detail type and detail (EventBridge user guide,
     * "Calculating PutEvents event entry size").
     */
    public int entrySize() {
        return bytes(source) + bytes(detailType) + bytes(detail);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
