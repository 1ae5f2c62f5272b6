package io.marketpipeline.event;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What EventBridge wraps around an event, as far as it could be read: a field that is absent, or not of the right type,
 * is null here, and {@link #defect()} says what is wrong. Made by {@link EnvelopeDecoder}. Immutable.
 *
 * @param id EventBridge's own id, kept over its retries
 * @param source what sent the event, such as {@code market.data}
 * @param detailType EventBridge's {@code detail-type}
 * @param time ISO-8601 text, as it came
 * @param account id of the AWS account that the event was published in
 * @param detail exact bytes of the {@code detail} object; null where there is none
 * @param raw exact bytes of the whole envelope; of an event of a pack, those of the event
 * @param problem why this isn't a usable envelope; null where it is one
 * @param packed whether the event came in a pack, with others in one envelope
 */
public record Envelope(
        @Nullable String id,
        @Nullable String source,
        @Nullable String detailType,
        @Nullable String time,
        @Nullable String account,
        @Nullable RawData detail,
        RawData raw,
        @Nullable Rejection problem,
        boolean packed) {
    public Envelope {
        Objects.requireNonNull(raw, "raw");
    }

    /** Something that was to be an envelope and can't be read as one. */
    public static Envelope malformed(RawData raw, Rejection problem) {
        return new Envelope(null, null, null, null, null, null, raw, problem, false);
    }

    /**
     * The bytes of an envelope that holds this event alone: the envelope as it came, or for an event of a pack one of its
     * own, which the function takes like any other.
     */
    public RawData alone() {
        return packed ? Pack.envelopeOf(this) : raw;
    }

    /** Why this envelope can't be processed; empty where it can. */
    public Optional<Rejection> defect() {
        return Optional.ofNullable(problem);
    }
}
