package io.marketpipeline.audit;

import io.marketpipeline.event.RawData;
import io.marketpipeline.event.Rejection;
import io.marketpipeline.text.JsonText;
import io.marketpipeline.text.Surrogates;
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

    private final JsonText json = JsonText.unicode().begin();

    /**
     * Adds values: a name of ASCII letters, its value, the next name, and so on. A value is a finite number, or a text, which is
     * cut after {@link #MAX_TEXT} characters.
     *
     * @throws IllegalArgumentException for another value
     */
    public AuditDetails put(@Nullable Object... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            boolean tooLong = value instanceof String text && text.length() > MAX_TEXT;
            json.field(
                    String.valueOf(namesAndValues[i]),
                    tooLong ? Surrogates.cut(String.valueOf(value), MAX_TEXT) : value);
        }
        return this;
    }

    /** Adds all reasons of a refusal as an array {@code rejections}. */
    public AuditDetails rejections(List<Rejection> rejections) {
        json.name("rejections").beginArray();
        for (Rejection rejection : rejections) {
            json.begin()
                    .field("reason", rejection.reason())
                    .field("field", rejection.field())
                    .field("message", rejection.message())
                    .end();
        }
        json.endArray();
        return this;
    }

    /** Adds the first {@link #MAX_RAW_BYTES} of raw data as {@code raw}, and its length in bytes as {@code raw_length}. */
    public AuditDetails raw(RawData raw) {
        json.field("raw", raw.text(MAX_RAW_BYTES)).field("raw_length", raw.length());
        return this;
    }

    /** Ends the object; nothing can be added afterwards. */
    public String toJson() {
        return json.end().toString();
    }
}
