package io.marketpipeline.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.marketpipeline.event.RawData;
import io.marketpipeline.event.Rejection;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the {@code details} of an audit record: a JSON object, bounded in size. Values that are null are left out. Not
 * thread-safe.
 */
public final class AuditDetails {
    /** Raw data kept in a record, in bytes; the rest is in the row or in the dead letter, and the hash tells them apart. */
    public static final int MAX_RAW_BYTES = 4096;

    /** Longest text of a single value, in characters. */
    public static final int MAX_TEXT = 1024;

    private static final JsonFactory JSON = new JsonFactory();

    private final StringWriter text = new StringWriter(256);
    private final JsonGenerator json;

    /** Starts an object. */
    public AuditDetails() {
        try {
            json = JSON.createGenerator(text);
            json.writeStartObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a text, cut after {@link #MAX_TEXT} characters. */
    public AuditDetails put(String name, @Nullable String value) {
        return value == null
                ? this
                : write(() ->
                        json.writeStringField(name, value.length() > MAX_TEXT ? value.substring(0, MAX_TEXT) : value));
    }

    /** Adds a decimal number. */
    public AuditDetails put(String name, @Nullable BigDecimal value) {
        return value == null ? this : write(() -> json.writeNumberField(name, value));
    }

    /** Adds a whole number. */
    public AuditDetails put(String name, @Nullable Long value) {
        return value == null ? this : write(() -> json.writeNumberField(name, value));
    }

    /** Adds all reasons of a refusal as an array {@code rejections}. */
    public AuditDetails rejections(List<Rejection> rejections) {
        return write(() -> {
            json.writeArrayFieldStart("rejections");
            for (Rejection rejection : rejections) {
                json.writeStartObject();
                json.writeStringField("reason", rejection.reason());
                if (rejection.field() != null) {
                    json.writeStringField("field", rejection.field());
                }
                json.writeStringField("message", rejection.message());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** Adds the first {@link #MAX_RAW_BYTES} of raw data as {@code raw}, and its length in bytes as {@code raw_length}. */
    public AuditDetails raw(RawData raw) {
        return write(() -> {
            json.writeStringField("raw", raw.text(MAX_RAW_BYTES));
            json.writeNumberField("raw_length", raw.length());
        });
    }

    /** Ends the object; nothing can be added afterwards. */
    public String toJson() {
        write(() -> {
            json.writeEndObject();
            json.close();
        });
        return text.toString();
    }

    private AuditDetails write(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }
}
