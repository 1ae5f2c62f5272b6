package io.marketpipeline.maven.operate;

import java.io.IOException;
import java.util.Optional;

/** Where ticks come from, one after the other. For one thread. */
interface TickSource {
    /** The next tick; empty at the end. */
    Optional<Fed> next() throws IOException;

    /**
     * A tick on its way.
     *
     * @param file where it was read
     * @param injected what was done to it, or why it is there at all; empty for a tick as the file has it
     */
    record Fed(InputFile file, Tick tick, Optional<Injection.Fault> injected) {
        Fed injected(Injection.Fault fault) {
            return new Fed(file, tick, Optional.of(fault));
        }
    }
}
