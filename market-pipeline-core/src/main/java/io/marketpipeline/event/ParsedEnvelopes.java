package io.marketpipeline.event;

import static io.marketpipeline.event.EnvelopeDecoder.MAX_ACCOUNT;
import static io.marketpipeline.event.EnvelopeDecoder.MAX_TEXT;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the envelopes in any payload by a parser for all of JSON, which isn't loaded before one needs it. */
final class ParsedEnvelopes {
    private ParsedEnvelopes() {}

    static EnvelopeBatch decode(RawData whole) {
        // Jackson would take some bytes that are no text for the end of a name that it has met before.
        if (!whole.isUtf8()) {
            return malformed(whole, "not JSON: it has bytes that are not UTF-8");
        }
        try (JsonParser parser = Json.envelopes(whole)) {
            EnvelopeBatch batch = batch(parser, whole);
            if (parser.nextToken() != null) {
                return malformed(whole, "there is text behind the end of the envelope");
            }
            // Without an envelope there would be no outcome, and a queue's message would vanish.
            return batch.envelopes().isEmpty() ? malformed(whole, "has no envelope") : batch;
        } catch (JsonProcessingException e) {
            return malformed(whole, "not JSON: " + Quoted.sentence(e.getOriginalMessage()));
        } catch (IOException | IllegalStateException e) {
            return malformed(whole, "not readable: " + Quoted.sentence(String.valueOf(e.getMessage())));
        }
    }

    private static EnvelopeBatch malformed(RawData payload, String message) {
        Rejection problem = Rejection.of(RejectionReasons.MALFORMED, message);
        return EnvelopeBatch.of(true, List.of(Envelope.malformed(payload, problem)));
    }

    private static EnvelopeBatch batch(JsonParser parser, RawData payload) throws IOException {
        JsonToken first = parser.nextToken();
        List<Envelope> envelopes = new ArrayList<>(1);
        if (first == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                Pack.addTo(envelopes, element(parser, payload));
            }
            return EnvelopeBatch.of(false, envelopes);
        }
        if (first == JsonToken.START_OBJECT) {
            int start = Json.startOf(parser);
            JsonToken token = parser.nextToken();
            if (token == JsonToken.FIELD_NAME && QueueRecords.FIELD.equals(parser.currentName())) {
                if (parser.nextToken() == JsonToken.START_ARRAY) {
                    return new QueueRecords(payload).read(parser);
                }
                parser.skipChildren();
                token = parser.nextToken();
            }
            Pack.addTo(envelopes, new Fields(payload, start).read(parser, token));
        } else {
            envelopes.add(element(parser, payload));
        }
        boolean single = envelopes.size() == 1 && !envelopes.get(0).packed();
        return EnvelopeBatch.of(single, envelopes);
    }

    private static Envelope element(JsonParser parser, RawData payload) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            int start = Json.startOf(parser);
            return new Fields(payload, start).read(parser, parser.nextToken());
        }
        if (parser.currentToken() == null) {
            return Envelope.malformed(payload, Rejection.of(RejectionReasons.MALFORMED, "empty payload"));
        }
        RawData raw = Json.slice(parser, payload);
        return Envelope.malformed(raw, Rejection.of(RejectionReasons.MALFORMED, "an envelope must be a JSON object"));
    }

    /** The fields of one envelope while it is read. */
    private static final class Fields {
        private final RawData payload;
        private final int start;
        private @Nullable String id;
        private @Nullable String source;
        private @Nullable String detailType;
        private @Nullable String time;
        private @Nullable String account;
        private @Nullable RawData detail;
        private @Nullable Rejection problem;
        private int seen;

        Fields(RawData payload, int start) {
            this.payload = payload;
            this.start = start;
        }

        /** Reads from the first field's name, or the end of an empty object, to the object's end. */
        Envelope read(JsonParser parser, @Nullable JsonToken first) throws IOException {
            for (JsonToken token = first; token == JsonToken.FIELD_NAME; token = parser.nextToken()) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "id" -> id = text(parser, name, 1);
                    case "source" -> source = text(parser, name, 2);
                    case "detail-type" -> detailType = text(parser, name, 4);
                    case "time" -> time = text(parser, name, 8);
                    case "account" -> account(parser);
                    case "detail" -> detail(parser);
                    default -> parser.skipChildren();
                }
            }
            if (detail == null) {
                problem(RejectionReasons.MISSING + "detail", "detail", "is missing");
            }
            RawData raw = Json.from(start, parser, payload);
            return new Envelope(id, source, detailType, time, account, detail, raw, problem, false);
        }

        /** Only the audit trail wants it, so that a strange one is no reason to refuse the event. */
        private void account(JsonParser parser) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                String value = parser.getText();
                account = value.isEmpty() || Texts.fault(value, MAX_ACCOUNT) != null ? null : value;
            } else {
                parser.skipChildren();
            }
        }

        private void detail(JsonParser parser) throws IOException {
            once("detail", 16);
            boolean object = parser.currentToken() == JsonToken.START_OBJECT;
            RawData value = Json.slice(parser, payload);
            if (!object) {
                problem(RejectionReasons.INVALID + "detail", "detail", "must be a JSON object");
            } else if (!value.isUtf8() && !Pack.looksPacked(value)) {
                problem(RejectionReasons.INVALID + "detail", "detail", "isn't UTF-8");
            }
            detail = value;
        }

        private @Nullable String text(JsonParser parser, String name, int bit) throws IOException {
            once(name, bit);
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                boolean isNull = parser.currentToken() == JsonToken.VALUE_NULL;
                parser.skipChildren();
                if (!isNull) {
                    problem(RejectionReasons.INVALID + name, name, "must be a text");
                }
                return null;
            }
            String value = parser.getText();
            String fault = Texts.fault(value, MAX_TEXT);
            if (fault != null) {
                problem(RejectionReasons.INVALID + name, name, fault + ": " + Quoted.of(value));
                return null;
            }
            return value.isEmpty() ? null : value;
        }

        private void once(String name, int bit) {
            if ((seen & bit) != 0) {
                problem(RejectionReasons.DUPLICATE_FIELD, name, "is there twice in the envelope");
            }
            seen |= bit;
        }

        private void problem(String reason, String field, String message) {
            if (problem == null) {
                problem = Rejection.ofField(reason, field, message);
            }
        }
    }
}
