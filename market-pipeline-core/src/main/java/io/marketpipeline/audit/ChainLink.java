package io.marketpipeline.audit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record's place in the chain of its writer. Immutable.
 *
 * @param writerId id of the chain
 * @param number from 1
 * @param previousSha256 hash of the record before; null for the first
 */
public record ChainLink(String writerId, long number, @Nullable String previousSha256) {
    public ChainLink {
        Objects.requireNonNull(writerId, "writerId");
    }
}
