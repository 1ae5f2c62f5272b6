package io.marketpipeline.publish;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * Builds the JSON of an event's {@code detail}, fields in the order of the calls. Numbers stay decimal to the last
 * digit. The same calls give the same bytes, which matters since the pipeline tells a resend from a conflict by them.
 * For one thread, one use.
 */
public final class EventDetail {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(StreamWriteFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final StringWriter out = new StringWriter(256);
    private final JsonGenerator generator;

    private EventDetail() {
        try {
            generator = JSON.createGenerator(out);
            generator.writeStartObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins a detail with its two required fields, {@code event_id} and {@code event_time} (ISO 8601, UTC). */
    public static EventDetail of(EventIdentity identity, Instant eventTime) {
        return of(identity.value(), eventTime);
    }

    /** The same for an identity that the sender chose; it must be the same each time the event is sent. */
    public static EventDetail of(String eventId, Instant eventTime) {
        return new EventDetail().text("event_id", eventId).text("event_time", eventTime.toString());
    }

    /** Adds a string. Throws {@link IllegalArgumentException} if the field is there already. */
    public EventDetail text(String field, String value) {
        return write(() -> generator.writeStringField(field, value));
    }

    /** Adds a number, written plainly, with its scale. Throws {@link IllegalArgumentException} if the field is there. */
    public EventDetail number(String field, BigDecimal value) {
        return write(() -> generator.writeNumberField(field, value));
    }

    /** Adds a value that is JSON already; it isn't checked. */
    public EventDetail json(String field, String json) {
        return write(() -> {
            generator.writeFieldName(field);
            generator.writeRawValue(json);
        });
    }

    /** Ends the object and returns it. Nothing may be added after it. */
    public String build() {
        write(() -> {
            generator.writeEndObject();
            generator.close();
        });
        return out.toString();
    }

    private EventDetail write(Step step) {
        try {
            step.run();
            return this;
        } catch (com.fasterxml.jackson.core.exc.StreamWriteException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
