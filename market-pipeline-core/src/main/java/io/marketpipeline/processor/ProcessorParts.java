package io.marketpipeline.processor;

import io.marketpipeline.audit.AuditFailurePolicy;
import io.marketpipeline.audit.AuditTrail;
import io.marketpipeline.deadletter.DeadLetters;
import io.marketpipeline.event.EventDecoder;
import io.marketpipeline.schema.IndexShards;
import io.marketpipeline.store.MarketDataStore;
import io.marketpipeline.ttl.TtlPolicy;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a processor is made of. The handler builds it from the function's settings; a user's processor may change parts
 * with {@link #toBuilder()}, and then code beats settings. Immutable.
 */
public final class ProcessorParts {
    private final MarketDataStore store;
    private final AuditTrail auditTrail;
    private final DeadLetters deadLetters;
    private final EventDecoder decoder;
    private final TtlPolicy ttl;
    private final AuditFailurePolicy auditFailurePolicy;
    private final @Nullable Duration auditRetention;
    private final String environment;
    private final IndexShards indexShards;
    private final Clock clock;
    private final ProcessingListener listener;

    private ProcessorParts(Builder b) {
        store = b.store;
        auditTrail = b.auditTrail;
        deadLetters = b.deadLetters;
        decoder = b.decoder;
        ttl = b.ttl;
        auditFailurePolicy = b.auditFailurePolicy;
        auditRetention = b.auditRetention;
        environment = b.environment;
        indexShards = b.indexShards;
        clock = b.clock;
        listener = b.listener;
    }

    /** A builder with the three parts that have no default. */
    public static Builder builder(MarketDataStore store, AuditTrail auditTrail, DeadLetters deadLetters) {
        return new Builder(store, auditTrail, deadLetters);
    }

    /** A builder with these parts. */
    public Builder toBuilder() {
        return new Builder(store, auditTrail, deadLetters)
                .decoder(decoder)
                .ttl(ttl)
                .auditFailurePolicy(auditFailurePolicy)
                .auditRetention(auditRetention)
                .environment(environment)
                .indexShards(indexShards)
                .clock(clock)
                .listener(listener);
    }

    /** Where events are stored. */
    public MarketDataStore store() {
        return store;
    }

    /** Where outcomes are recorded. */
    public AuditTrail auditTrail() {
        return auditTrail;
    }

    /** Where refused events go. */
    public DeadLetters deadLetters() {
        return deadLetters;
    }

    /** What turns envelopes into events. */
    public EventDecoder decoder() {
        return decoder;
    }

    /** How long rows live. */
    public TtlPolicy ttl() {
        return ttl;
    }

    /** What happens to an event whose audit record can't be written. */
    public AuditFailurePolicy auditFailurePolicy() {
        return auditFailurePolicy;
    }

    /** How long audit records are kept; empty for good. */
    public Optional<Duration> auditRetention() {
        return Optional.ofNullable(auditRetention);
    }

    /** Name of the environment, written to rows and records. */
    public String environment() {
        return environment;
    }

    /** Over how many keys a venue, a symbol and a detail type are spread in the indexes. */
    public IndexShards indexShards() {
        return indexShards;
    }

    /** What tells the time of writing. */
    public Clock clock() {
        return clock;
    }

    /** Who hears of failures that don't change an outcome. */
    public ProcessingListener listener() {
        return listener;
    }

    /** Builds {@link ProcessorParts}. Not thread-safe. */
    public static final class Builder {
        private static final Duration LONGEST_RETENTION = Duration.ofDays(1_000_000);

        private MarketDataStore store;
        private AuditTrail auditTrail;
        private DeadLetters deadLetters;
        private EventDecoder decoder = EventDecoder.ofDefaults();
        private TtlPolicy ttl = TtlPolicy.days(TtlPolicy.DEFAULT_DAYS);
        private AuditFailurePolicy auditFailurePolicy = AuditFailurePolicy.FAIL;
        private @Nullable Duration auditRetention;
        private String environment = "";
        private IndexShards indexShards = IndexShards.one();
        private Clock clock = Clock.systemUTC();
        private ProcessingListener listener = new ProcessingListener() {};

        private Builder(MarketDataStore store, AuditTrail auditTrail, DeadLetters deadLetters) {
            this.store = Objects.requireNonNull(store, "store");
            this.auditTrail = Objects.requireNonNull(auditTrail, "auditTrail");
            this.deadLetters = Objects.requireNonNull(deadLetters, "deadLetters");
        }

        public Builder store(MarketDataStore value) {
            store = Objects.requireNonNull(value, "store");
            return this;
        }

        public Builder auditTrail(AuditTrail value) {
            auditTrail = Objects.requireNonNull(value, "auditTrail");
            return this;
        }

        public Builder deadLetters(DeadLetters value) {
            deadLetters = Objects.requireNonNull(value, "deadLetters");
            return this;
        }

        /** Sets what turns envelopes into events; the four known detail types and identity {@code event_id} by default. */
        public Builder decoder(EventDecoder value) {
            decoder = Objects.requireNonNull(value, "decoder");
            return this;
        }

        /** Sets how long rows live; 30 days by default. */
        public Builder ttl(TtlPolicy value) {
            ttl = Objects.requireNonNull(value, "ttl");
            return this;
        }

        /** Sets what happens to an event whose audit record can't be written; it fails by default. */
        public Builder auditFailurePolicy(AuditFailurePolicy value) {
            auditFailurePolicy = Objects.requireNonNull(value, "auditFailurePolicy");
            return this;
        }

        /**
         * Sets how long audit records are kept; null, the default, keeps them for good.
         *
         * @throws IllegalArgumentException for less than a second, or more than a million days
         */
        public Builder auditRetention(@Nullable Duration value) {
            if (value != null && (value.toSeconds() < 1 || value.compareTo(LONGEST_RETENTION) > 0)) {
                throw new IllegalArgumentException("auditRetention must be 1 second to 1,000,000 days, not " + value
                        + "; null keeps the records for good");
            }
            auditRetention = value;
            return this;
        }

        /** Sets the name of the environment; empty by default. */
        public Builder environment(String value) {
            environment = Objects.requireNonNull(value, "environment");
            return this;
        }

        /** Sets over how many keys a venue, a symbol and a detail type are spread in the indexes; one by default. */
        public Builder indexShards(IndexShards value) {
            indexShards = Objects.requireNonNull(value, "indexShards");
            return this;
        }

        public Builder clock(Clock value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        public Builder listener(ProcessingListener value) {
            listener = Objects.requireNonNull(value, "listener");
            return this;
        }

        public ProcessorParts build() {
            return new ProcessorParts(this);
        }
    }
}
