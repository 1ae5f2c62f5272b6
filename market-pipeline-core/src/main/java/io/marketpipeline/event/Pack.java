package io.marketpipeline.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Many events in one entry of the bus: an envelope whose {@code detail} has the one field {@code events}, an array of what
 * would each be a {@code detail}. Each event has its own identity and its own outcome; one without identity gets the
 * envelope's id and its place in the pack. A {@code detail} with further fields is an event like any other.
 */
final class Pack {
    private static final String EVENTS = "events";

    private static final byte[] FIELD = {'"', 'e', 'v', 'e', 'n', 't', 's', '"'};

    private static final Rejection NOT_UTF8 =
            Rejection.ofField(RejectionReasons.INVALID + "detail", "detail", "isn't UTF-8");

    private Pack() {}

    /** Adds an envelope, or those of its events if it is a pack. */
    static void addTo(List<Envelope> envelopes, Envelope envelope) {
        RawData detail = envelope.detail();
        if (detail == null || !looksPacked(detail)) {
            envelopes.add(envelope);
            return;
        }
        List<Envelope> events = unpacked(envelope, detail);
        if (events == null) {
            envelopes.add(detail.isUtf8() ? envelope : with(envelope, NOT_UTF8));
        } else {
            envelopes.addAll(events);
        }
    }

    /** Whether the bytes begin with <code>{"events":[</code>, blanks aside: no other event pays for the parser. */
    static boolean looksPacked(RawData detail) {
        int at = next(detail, -1);
        if (at < 0 || byteAt(detail, at) != '{') {
            return false;
        }
        at = next(detail, at);
        for (byte expected : FIELD) {
            if (byteAt(detail, at++) != expected) {
                return false;
            }
        }
        at = next(detail, at - 1);
        return byteAt(detail, at) == ':' && byteAt(detail, next(detail, at)) == '[';
    }

    private static int next(RawData detail, int before) {
        int at = before + 1;
        while (at < detail.length() && byteAt(detail, at) <= ' ' && byteAt(detail, at) >= 0) {
            at++;
        }
        return at;
    }

    private static int byteAt(RawData detail, int at) {
        return at < detail.length() ? detail.array()[detail.offset() + at] : -1;
    }

    /** Null where it is no pack after all. */
    private static @Nullable List<Envelope> unpacked(Envelope pack, RawData detail) {
        List<Envelope> events = new ArrayList<>();
        int count = 0;
        try (JsonParser parser = Json.envelopes(detail)) {
            parser.nextToken();
            parser.nextToken();
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (count < EnvelopeDecoder.MAX_PACK) {
                    events.add(event(pack, count, parser.currentToken(), Json.slice(parser, detail)));
                } else {
                    // Only counted: what stands behind the array decides whether this is a pack at all.
                    parser.skipChildren();
                }
                count++;
            }
            if (parser.nextToken() != JsonToken.END_OBJECT) {
                return null;
            }
        } catch (IOException | IllegalStateException e) {
            return null;
        }
        Rejection problem = problem(count);
        return problem == null ? events : List.of(with(pack, problem));
    }

    /** What is wrong with a pack of so many events; null where nothing is. */
    private static @Nullable Rejection problem(int events) {
        if (events == 0) {
            return Rejection.ofField(RejectionReasons.MISSING + EVENTS, EVENTS, "is an empty pack");
        }
        return events <= EnvelopeDecoder.MAX_PACK
                ? null
                : Rejection.ofField(
                        RejectionReasons.TOO_MANY_EVENTS,
                        EVENTS,
                        "is a pack of " + events + "; send at most " + EnvelopeDecoder.MAX_PACK + " in one");
    }

    /** Whether the envelope is refused as a pack: it is no event, which could lack fields besides. */
    static boolean isRefused(Envelope envelope) {
        Rejection problem = envelope.problem();
        return problem != null && EVENTS.equals(problem.field());
    }

    private static Envelope event(Envelope pack, int place, JsonToken token, RawData event) {
        Rejection problem = pack.problem();
        if (problem == null && token != JsonToken.START_OBJECT) {
            problem = Rejection.ofField(RejectionReasons.INVALID + "detail", "detail", "must be a JSON object");
        } else if (problem == null && !event.isUtf8()) {
            problem = NOT_UTF8;
        }
        String id = pack.id() == null ? null : pack.id() + "#" + place;
        return new Envelope(
                id, pack.source(), pack.detailType(), pack.time(), pack.account(), event, event, problem, true);
    }

    private static Envelope with(Envelope envelope, Rejection problem) {
        return new Envelope(
                envelope.id(),
                envelope.source(),
                envelope.detailType(),
                envelope.time(),
                envelope.account(),
                envelope.detail(),
                envelope.raw(),
                envelope.problem() == null ? problem : envelope.problem(),
                false);
    }

    /** An envelope around the exact bytes of one event. */
    static RawData envelopeOf(Envelope event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(event.raw().length() + 256);
        try {
            try (JsonGenerator json = Json.generator(out)) {
                json.writeStartObject();
                json.writeStringField("version", "0");
                text(json, "id", event.id());
                text(json, "detail-type", event.detailType());
                text(json, "source", event.source());
                text(json, "account", event.account());
                text(json, "time", event.time());
                json.writeFieldName("detail");
                json.writeRawValue("");
                json.flush();
                out.write(event.raw().array(), event.raw().offset(), event.raw().length());
                json.writeEndObject();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return RawData.of(out.toByteArray(), 0, out.size());
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }
}
