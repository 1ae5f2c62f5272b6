package io.marketpipeline.event;

import org.jspecify.annotations.Nullable;

/** Reads an envelope of one event that is as EventBridge writes it, with a plain {@code detail}. */
final class PlainEnvelope {
    private PlainEnvelope() {}

    /** The envelope; null for everything that needs a closer look, such as an array, a pack, or a field that is wrong. */
    static @Nullable Envelope read(RawData payload) {
        if (payload.length() < 2
                || payload.array()[payload.offset()] != '{'
                || payload.array()[payload.offset() + payload.length() - 1] != '}') {
            return null;
        }
        PlainObject object = PlainObject.nested(payload);
        return object == null ? null : new Fields(object, payload).read();
    }

    /** The fields while they are read; each is taken once. */
    private static final class Fields {
        private final PlainObject object;
        private final RawData payload;
        private @Nullable String id;
        private @Nullable String source;
        private @Nullable String detailType;
        private @Nullable String time;
        private @Nullable String account;
        private @Nullable RawData detail;

        Fields(PlainObject object, RawData payload) {
            this.object = object;
            this.payload = payload;
        }

        @Nullable
        Envelope read() {
            for (int i = 0; i < object.count(); i++) {
                if (!take(i, object.name(i))) {
                    return null;
                }
            }
            return detail == null
                    ? null
                    : new Envelope(id, source, detailType, time, account, detail, payload, null, false);
        }

        private boolean take(int field, String name) {
            switch (name) {
                case "id" -> {
                    return id == null && (id = text(field, EnvelopeDecoder.MAX_TEXT)) != null;
                }
                case "source" -> {
                    return source == null && (source = text(field, EnvelopeDecoder.MAX_TEXT)) != null;
                }
                case "detail-type" -> {
                    return detailType == null && (detailType = text(field, EnvelopeDecoder.MAX_TEXT)) != null;
                }
                case "time" -> {
                    return time == null && (time = text(field, EnvelopeDecoder.MAX_TEXT)) != null;
                }
                case "account" -> {
                    return account == null && (account = text(field, EnvelopeDecoder.MAX_ACCOUNT)) != null;
                }
                case "detail" -> {
                    return takeDetail(field);
                }
                default -> {
                    return true;
                }
            }
        }

        private @Nullable String text(int field, int maxChars) {
            int length = object.to(field) - object.from(field);
            return object.kind(field) == PlainObject.Kind.TEXT && length > 0 && length <= maxChars
                    ? object.sharedText(field)
                    : null;
        }

        private boolean takeDetail(int field) {
            if (detail != null || object.kind(field) != PlainObject.Kind.OBJECT) {
                return false;
            }
            int from = object.from(field);
            detail = RawData.of(payload.array(), from, object.to(field) - from);
            return true;
        }
    }
}
