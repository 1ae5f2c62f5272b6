package io.marketpipeline.maven.stack;

import java.util.Optional;

/** How much there is in resources whose data a change would lose. */
@FunctionalInterface
interface Holdings {
    /** Nobody counts. */
    Holdings UNCOUNTED = change -> Optional.empty();

    /** Such as {@code 12 at the moment}; empty where that isn't known. */
    Optional<String> of(Change change);
}
