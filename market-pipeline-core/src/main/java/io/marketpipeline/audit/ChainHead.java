package io.marketpipeline.audit;

import java.util.List;
import java.util.Objects;

/**
 * The newest confirmed record of a chain. Kept in another store than the records, it fixes all that is before it.
 * Immutable.
 *
 * @param writerId id of the chain
 * @param number place of the record
 * @param sha256 hash of the record
 * @param skipped numbers below it whose record isn't known to be written: those since the head before this one, and the
 *     newest of those that earlier heads named; each was given to one record only, which may be there or not
 */
public record ChainHead(String writerId, long number, String sha256, List<Long> skipped) {
    public ChainHead {
        Objects.requireNonNull(writerId, "writerId");
        Objects.requireNonNull(sha256, "sha256");
        skipped = List.copyOf(skipped);
    }
}
