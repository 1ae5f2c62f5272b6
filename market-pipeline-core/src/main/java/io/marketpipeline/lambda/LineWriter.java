package io.marketpipeline.lambda;

import io.marketpipeline.text.Bytes;
import io.marketpipeline.text.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/**
 * Makes one JSON object a line. Everything beyond printable ASCII is escaped, so that no value can end a line, begin one of
 * its own, or hide text (U+2028, directional marks).
 */
final class LineWriter {
    private final Consumer<Bytes> out;

    /**
     * A writer.
     *
     * @param out takes each line, without its end
     */
    LineWriter(Consumer<Bytes> out) {
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
        out.accept(begun.end().bytes());
    }

    /** A class, and no lambda: the first of those takes ten milliseconds of a cold start. */
    private static final class StandardOutput implements Consumer<Bytes> {
        @Override
        public void accept(Bytes line) {
            try {
                line.ascii('\n').writeTo(System.out); // in one write, each of which is an event in Lambda's log
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
