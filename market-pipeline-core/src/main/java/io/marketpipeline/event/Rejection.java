package io.marketpipeline.event;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why an event can never be stored. Immutable.
 *
 * @param reason code in lower case, such as {@code missing_symbol}; see {@link RejectionReasons}
 * @param field the field of {@code detail} or of the envelope at fault; null where it isn't about one field
 * @param message the reason in words for a person, safe to log: foreign values in it are shortened and escaped
 */
public record Rejection(String reason, @Nullable String field, String message) {
    public Rejection {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(message, "message");
    }

    /** A rejection because of one field, with that field's name in front of the message. */
    public static Rejection ofField(String reason, String field, String problem) {
        return new Rejection(reason, field, field + " " + problem);
    }

    /** A rejection that isn't about one field. */
    public static Rejection of(String reason, String message) {
        return new Rejection(reason, null, message);
    }
}
