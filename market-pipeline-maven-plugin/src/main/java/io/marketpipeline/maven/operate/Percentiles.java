package io.marketpipeline.maven.operate;

import java.util.List;
import java.util.Optional;

/** Percentiles by the nearest-rank method: each is a value that was measured. */
final class Percentiles {
    private final List<Long> sorted;

    Percentiles(List<Long> values) {
        this.sorted = values.stream().sorted().toList();
    }

    /** Empty if nothing was measured. */
    Optional<Long> of(int percent) {
        if (sorted.isEmpty()) {
            return Optional.empty();
        }
        int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
        return Optional.of(sorted.get(Math.max(rank, 1) - 1));
    }
}
