package io.marketpipeline.maven.operate;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The rows of a file, one after the other. For one thread. */
interface RawRows extends Closeable {
    /** The next row; empty at the end. */
    Optional<RawRow> next() throws IOException;
}
