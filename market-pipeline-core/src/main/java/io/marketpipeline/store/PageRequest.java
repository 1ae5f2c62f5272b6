package io.marketpipeline.store;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Which part of the rows to read, and in which order. Immutable.
 *
 * @param from earliest time, inclusive
 * @param to latest time, exclusive
 * @param newestFirst true for descending time
 * @param limit how many rows a page has at most, counted after filtering; a page is longer only to end with its last
 *     row's millisecond
 * @param token of the page before this one; empty for the first
 */
public record PageRequest(Instant from, Instant to, boolean newestFirst, int limit, Optional<String> token) {
    private static final int DEFAULT_LIMIT = 100;

    /** Throws {@link IllegalArgumentException} if {@code limit} is below 1 or {@code from} is after {@code to}. */
    public PageRequest {
        Objects.requireNonNull(token, "token");
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, not " + limit);
        }
        if (from.isAfter(to)) {
            throw new IllegalArgumentException("from (" + from + ") is after to (" + to + ")");
        }
    }

    /** Begins with everything there is, oldest first, 100 rows a page. */
    public static Builder builder() {
        return new Builder();
    }

    /** This request for the page behind a token. */
    public PageRequest after(String token) {
        return new PageRequest(from, to, newestFirst, limit, Optional.of(token));
    }

    /** Builds a request. For one thread. */
    public static final class Builder {
        // What DynamoDB's sort key, milliseconds, can be compared with on both sides.
        private Instant from = Instant.EPOCH.minusSeconds(100_000_000_000L);
        private Instant to = Instant.EPOCH.plusSeconds(100_000_000_000L);
        private boolean newestFirst;
        private int limit = DEFAULT_LIMIT;
        private Optional<String> token = Optional.empty();

        private Builder() {}

        /** Earliest time, inclusive. */
        public Builder from(Instant from) {
            this.from = Objects.requireNonNull(from, "from");
            return this;
        }

        /** Latest time, exclusive. */
        public Builder to(Instant to) {
            this.to = Objects.requireNonNull(to, "to");
            return this;
        }

        /** True for descending time. */
        public Builder newestFirst(boolean newestFirst) {
            this.newestFirst = newestFirst;
            return this;
        }

        /** Rows of a page after filtering, at least 1. */
        public Builder limit(int limit) {
            this.limit = limit;
            return this;
        }

        /** Token of the page before this one. */
        public Builder token(String token) {
            this.token = Optional.of(token);
            return this;
        }

        /** The request. */
        public PageRequest build() {
            return new PageRequest(from, to, newestFirst, limit, token);
        }
    }
}
