package io.marketpipeline.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Lambda hands over of an SQS queue: <code>{"Records":[{"messageId":"...","body":"..."}]}</code>, each body the
 * envelope that a rule sent (Lambda developer guide, "Using Lambda with Amazon SQS").
 */
final class QueueRecords {
    static final String FIELD = "Records";

    private final RawData payload;
    private final List<Envelope> envelopes = new ArrayList<>();
    private final List<EnvelopeBatch.Message> messages = new ArrayList<>();

    QueueRecords(RawData payload) {
        this.payload = payload;
    }

    /** Reads from the array's start to the payload's end. */
    EnvelopeBatch read(JsonParser parser) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            record(parser);
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            parser.nextToken();
            parser.skipChildren();
        }
        return new EnvelopeBatch(EnvelopeBatch.Form.QUEUE, envelopes, messages);
    }

    private void record(JsonParser parser) throws IOException {
        int from = envelopes.size();
        int start = Json.startOf(parser);
        String id = null;
        String body = null;
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "messageId" -> id = text(parser);
                    case "body" -> body = text(parser);
                    default -> parser.skipChildren();
                }
            }
        } else {
            parser.skipChildren();
        }
        if (body == null) {
            RawData raw = Json.from(start, parser, payload);
            Rejection problem = Rejection.of(RejectionReasons.MALFORMED, "the queue's message has no body");
            envelopes.add(Envelope.malformed(raw, problem));
        } else {
            envelopes.addAll(EnvelopeDecoder.decode(body.getBytes(StandardCharsets.UTF_8))
                    .envelopes());
        }
        messages.add(new EnvelopeBatch.Message(id == null ? "" : id, from, envelopes.size()));
    }

    private static @Nullable String text(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        parser.skipChildren();
        return null;
    }
}
