package io.marketpipeline.maven.operate;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads several files: one after the other, or merged by event time as they were recorded. A row without a time goes before
 * all others of its file that are still to come. For one thread.
 */
final class TapeReader implements TickSource, Closeable {
    private final boolean merged;
    private final List<Head> heads = new ArrayList<>();

    private static final class Head {
        private final InputFile file;
        private final TickReader reader;
        private Optional<Tick> tick;

        Head(InputFile file, TickReader reader) throws IOException {
            this.file = file;
            this.reader = reader;
            this.tick = reader.next();
        }

        Instant time() {
            return tick.filter(Tick.Good.class::isInstance)
                    .map(good -> ((Tick.Good) good).eventTime())
                    .orElse(Instant.MIN);
        }
    }

    private TapeReader(boolean merged) {
        this.merged = merged;
    }

    /**
     * Opens files.
     *
     * @param merged whether ticks come in the order of their times; those of one file stay in the file's order
     */
    static TapeReader open(List<InputFile> files, String source, boolean merged) throws IOException {
        TapeReader tape = new TapeReader(merged);
        try {
            for (InputFile file : files) {
                tape.heads.add(new Head(file, TickReader.open(file, source)));
            }
            return tape;
        } catch (IOException | RuntimeException e) {
            tape.close();
            throw e;
        }
    }

    @Override
    public Optional<Fed> next() throws IOException {
        Head next = null;
        for (Head head : heads) {
            if (head.tick.isPresent() && (next == null || (merged && head.time().isBefore(next.time())))) {
                next = head;
            }
        }
        if (next == null) {
            return Optional.empty();
        }
        InputFile file = next.file;
        Optional<Fed> fed = next.tick.map(tick -> new Fed(file, tick, Optional.empty()));
        next.tick = next.reader.next();
        return fed;
    }

    @Override
    public void close() throws IOException {
        for (Head head : heads) {
            head.reader.close();
        }
    }
}
