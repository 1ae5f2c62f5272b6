package io.marketpipeline.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/**
 * Makes one JSON object a line. Everything beyond printable ASCII is escaped, so that no value can end a line, begin one of
 * its own, or hide text (U+2028, directional marks).
 */
final class LineWriter {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Consumer<String> out;

    /**
     * A writer.
     *
     * @param out takes each line, without its end
     */
    LineWriter(Consumer<String> out) {
        this.out = out;
    }

    /** Standard output as it is when a line is written: the runtime replaces it. */
    static LineWriter toStandardOutput() {
        return new LineWriter(line -> System.out.print(line + "\n"));
    }

    void line(Content content) {
        out.accept(object(content));
    }

    static String object(Content content) {
        StringWriter text = new StringWriter(256);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            content.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().replace("\u007F", "\\u007F");
    }

    /** Writes the fields of one object. */
    @FunctionalInterface
    interface Content {
        void writeTo(JsonGenerator json) throws IOException;
    }
}
