package io.marketpipeline.lambda;

import io.marketpipeline.text.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Makes one JSON object a line. Everything beyond printable ASCII is escaped, so that no value can end a line, begin one of
 * its own, or hide text (U+2028, directional marks).
 */
final class LineWriter {
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
        return new LineWriter(new StandardOutput());
    }

    /** A line that has begun. */
    static JsonText begin() {
        return JsonText.ascii().begin();
    }

    void line(JsonText begun) {
        out.accept(begun.end().toString());
    }

    /** A class, and no lambda: the first of those takes ten milliseconds of a cold start. */
    private static final class StandardOutput implements Consumer<String> {
        @Override
        public void accept(String line) {
            // All of it is ASCII, and one write; print would go through an encoder.
            byte[] bytes = (line + "\n").getBytes(StandardCharsets.US_ASCII);
            System.out.write(bytes, 0, bytes.length);
        }
    }
}
