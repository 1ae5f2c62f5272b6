package io.marketpipeline.event;

import org.jspecify.annotations.Nullable;

/** Reads an envelope of one event that is as EventBridge writes it, with a plain {@code detail}. */
final class PlainEnvelope {
    private final PlainObject envelope;
    private boolean strange;

    private PlainEnvelope(PlainObject envelope) {
        this.envelope = envelope;
    }

    /** The envelope; null for everything that needs a closer look, such as an array, a pack, or a field that is wrong. */
    static @Nullable Envelope read(RawData payload) {
        if (payload.length() < 2
                || payload.array()[payload.offset()] != '{'
                || payload.array()[payload.offset() + payload.length() - 1] != '}') {
            return null;
        }
        PlainObject object = PlainObject.envelope(payload);
        return object == null ? null : new PlainEnvelope(object).read(payload, object.inner());
    }

    private @Nullable Envelope read(RawData payload, @Nullable PlainObject detail) {
        long object = envelope.value(PlainNames.DETAIL_OBJECT);
        boolean queue = envelope.value(PlainNames.RECORDS) != PlainObject.ABSENT;
        if (PlainObject.kind(object) != PlainObject.OBJECT || detail == null || queue) {
            return null;
        }
        Envelope read = new Envelope(
                text(PlainNames.ID, EnvelopeDecoder.MAX_TEXT, false),
                text(PlainNames.SOURCE, EnvelopeDecoder.MAX_TEXT, true),
                text(PlainNames.DETAIL_TYPE, EnvelopeDecoder.MAX_TEXT, true),
                text(PlainNames.TIME, EnvelopeDecoder.MAX_TEXT, false),
                text(PlainNames.ACCOUNT, EnvelopeDecoder.MAX_ACCOUNT, false),
                RawData.of(payload.array(), PlainObject.from(object), PlainObject.length(object), detail),
                payload,
                null,
                false);
        return strange ? null : read;
    }

    /**
     * A text of the envelope.
     *
     * @param repeated whether it comes again and again
     */
    private @Nullable String text(int place, int maxChars, boolean repeated) {
        long value = envelope.value(place);
        if (value == PlainObject.ABSENT) {
            return null;
        }
        int length = PlainObject.length(value);
        if (PlainObject.kind(value) != PlainObject.TEXT || length == 0 || length > maxChars) {
            strange = true;
            return null;
        }
        return repeated ? envelope.sharedText(value) : envelope.text(value);
    }
}
