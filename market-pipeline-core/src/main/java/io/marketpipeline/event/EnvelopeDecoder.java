package io.marketpipeline.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the envelopes in a payload: one EventBridge envelope, or an array of them. {@code detail} isn't looked into; its
 * bytes stay as they came. Never throws: what can't be read becomes a defective envelope, so that nothing is lost.
 */
public final class EnvelopeDecoder {
    /** The id may become an event's key; see {@link DetailReader}. */
    private static final int MAX_TEXT = 512;

    private EnvelopeDecoder() {}

    /**
     * Decodes a payload.
     *
     * @param payload UTF-8 JSON; must not be changed afterwards
     */
    public static EnvelopeBatch decode(byte[] payload) {
        try (JsonParser parser = Json.envelopes(payload)) {
            JsonToken first = parser.nextToken();
            boolean array = first == JsonToken.START_ARRAY;
            List<Envelope> envelopes = array ? elements(parser, payload) : List.of(element(parser, payload));
            if (parser.nextToken() != null) {
                return malformed(payload, "there is text behind the end of the envelope");
            }
            return new EnvelopeBatch(envelopes, array);
        } catch (JsonProcessingException e) {
            return malformed(payload, "not JSON: " + Quoted.sentence(e.getOriginalMessage()));
        } catch (IOException | IllegalStateException e) {
            return malformed(payload, "not readable: " + Quoted.sentence(String.valueOf(e.getMessage())));
        }
    }

    private static EnvelopeBatch malformed(byte[] payload, String message) {
        Rejection problem = Rejection.of(RejectionReasons.MALFORMED, message);
        RawData raw = RawData.of(payload, 0, payload.length);
        return new EnvelopeBatch(List.of(Envelope.malformed(raw, problem)), false);
    }

    private static List<Envelope> elements(JsonParser parser, byte[] payload) throws IOException {
        List<Envelope> envelopes = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            envelopes.add(element(parser, payload));
        }
        return envelopes;
    }

    private static Envelope element(JsonParser parser, byte[] payload) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return new Fields(payload, startOf(parser)).read(parser);
        }
        if (parser.currentToken() == null) {
            return Envelope.malformed(
                    RawData.of(payload, 0, payload.length), Rejection.of(RejectionReasons.MALFORMED, "empty payload"));
        }
        RawData raw = slice(parser, payload);
        return Envelope.malformed(raw, Rejection.of(RejectionReasons.MALFORMED, "an envelope must be a JSON object"));
    }

    private static int startOf(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** The exact bytes of the current value, moving the parser to its end. */
    private static RawData slice(JsonParser parser, byte[] payload) throws IOException {
        int start = startOf(parser);
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        return RawData.of(payload, start, end - start);
    }

    /** The fields of one envelope while it is read. */
    private static final class Fields {
        private final byte[] payload;
        private final int start;
        private @Nullable String id;
        private @Nullable String source;
        private @Nullable String detailType;
        private @Nullable String time;
        private @Nullable RawData detail;
        private @Nullable Rejection problem;
        private int seen;

        Fields(byte[] payload, int start) {
            this.payload = payload;
            this.start = start;
        }

        Envelope read(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "id" -> id = text(parser, name, 1);
                    case "source" -> source = text(parser, name, 2);
                    case "detail-type" -> detailType = text(parser, name, 4);
                    case "time" -> time = text(parser, name, 8);
                    case "detail" -> detail(parser);
                    default -> parser.skipChildren();
                }
            }
            int end = (int) parser.currentLocation().getByteOffset();
            if (detail == null) {
                problem(RejectionReasons.MISSING + "detail", "detail", "is missing");
            }
            return new Envelope(id, source, detailType, time, detail, RawData.of(payload, start, end - start), problem);
        }

        private void detail(JsonParser parser) throws IOException {
            once("detail", 16);
            boolean object = parser.currentToken() == JsonToken.START_OBJECT;
            RawData value = slice(parser, payload);
            if (!object) {
                problem(RejectionReasons.INVALID + "detail", "detail", "must be a JSON object");
            } else if (!value.isUtf8()) {
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
