package io.marketpipeline.maven.operate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.audit.ChainHead;
import io.marketpipeline.maven.output.Visible;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What became of each letter, as JSON lines: {@code message_id}, {@code event_ids}, {@code sender}, {@code reason},
 * {@code outcomes} or {@code failure}, and {@code deleted}. Each line is written out at once. Where the run itself wrote
 * audit records, a {@link HeadLine} of its own chain comes before the line of the letter that they are of. Thread-safe.
 */
final class RedriveReport implements Closeable {
    private final Path file;
    private final Writer out;

    private RedriveReport(Path file, Writer out) {
        this.file = file;
        this.out = out;
    }

    static RedriveReport create(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        return new RedriveReport(file, Files.newBufferedWriter(file, StandardCharsets.UTF_8));
    }

    Path file() {
        return file;
    }

    void letter(DeadLetter letter, List<LetterEvents.Identified> events, FunctionAnswer answer, boolean deleted) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("message_id", letter.messageId());
        ArrayNode ids = line.putArray("event_ids");
        events.forEach(event -> ids.add(event.eventId()));
        line.put("sender", letter.sender().label()).put("reason", letter.reason());
        if (answer.isFinal()) {
            ArrayNode outcomes = line.putArray("outcomes");
            answer.outcomes().forEach(outcome -> outcomes.add(outcome.name()));
        } else {
            line.put("failure", answer.failure());
        }
        write(line.put("deleted", deleted).toString());
    }

    void head(ChainHead head) {
        write(HeadLine.of(head));
    }

    private synchronized void write(String line) {
        try {
            out.write(Visible.of(line));
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("report " + file + " can't be written: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
