package io.marketpipeline.maven.operate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.maven.output.Visible;
import io.marketpipeline.publish.PublishResult;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What became of each row, as JSON lines: {@code event_id}, {@code sha256} of the detail's bytes, {@code status}
 * ({@code accepted}, {@code refused}, {@code unknown} or {@code malformed}), and EventBridge's {@code entry_id} or the
 * {@code code} and {@code message}; {@code injected} where {@code publish} made the event, or held it back. Each answered request is written out at once, so that a killed run leaves a true
 * account. Not thread-safe.
 */
final class Manifest implements Closeable {
    private final Path file;
    private final Writer out;

    private Manifest(Path file, Writer out) {
        this.file = file;
        this.out = out;
    }

    static Manifest create(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        return new Manifest(file, Files.newBufferedWriter(file, StandardCharsets.UTF_8));
    }

    Path file() {
        return file;
    }

    /**
     * Writes what became of events.
     *
     * @param injected what {@code publish} itself did to an event; empty for one as the file has it
     */
    void results(List<PublishResult> results, Function<PublishResult, Optional<Injection.Fault>> injected) {
        try {
            for (PublishResult result : results) {
                ObjectNode node = node(result);
                injected.apply(result).ifPresent(fault -> node.put("injected", fault.label()));
                line(node);
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("manifest " + file + " can't be written: " + e.getMessage(), e);
        }
    }

    void malformed(InputFile input, Tick.Malformed row) throws IOException {
        line(object().put("status", "malformed")
                .put("file", input.path().toString())
                .put("line", row.line())
                .put("message", row.reason()));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void line(ObjectNode node) throws IOException {
        out.write(Visible.of(node.toString()));
        out.write('\n');
    }

    private static ObjectNode node(PublishResult result) {
        ObjectNode node = object().put("event_id", result.event().eventId()).put("sha256", Sent.sha256(result.event()));
        if (result instanceof PublishResult.Accepted accepted) {
            return node.put("status", "accepted")
                    .put("entry_id", accepted.entryId())
                    .put("sent_at_ms", accepted.sentAt().toEpochMilli());
        }
        if (result instanceof PublishResult.Refused refused) {
            return node.put("status", "refused").put("code", refused.code()).put("message", refused.message());
        }
        PublishResult.Unknown unknown = (PublishResult.Unknown) result;
        return node.put("status", "unknown").put("code", unknown.code()).put("message", unknown.message());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
