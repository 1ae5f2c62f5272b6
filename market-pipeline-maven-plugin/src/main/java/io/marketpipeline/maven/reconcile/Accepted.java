package io.marketpipeline.maven.reconcile;

import io.marketpipeline.maven.replay.ReplaySpan;
import java.nio.file.Path;
import java.util.List;

/** Where it stands what the bus accepted. Immutable. */
public sealed interface Accepted {
    /**
     * In manifests of {@code publish}.
     *
     * @param files may be none: then only the tables are held against each other and the log
     */
    record ByManifests(List<Path> files) implements Accepted {
        public ByManifests {
            files = List.copyOf(files);
        }
    }

    /**
     * In the archive.
     *
     * @param span when the bus took the events
     */
    record ByArchive(ReplaySpan span) implements Accepted {}
}
