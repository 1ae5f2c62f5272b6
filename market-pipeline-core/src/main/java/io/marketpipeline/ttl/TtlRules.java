package io.marketpipeline.ttl;

import io.marketpipeline.event.MarketEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Time to live by detail type and exchange: the first rule that matches wins. Immutable. */
public final class TtlRules implements TtlPolicy {
    private final List<Rule> rules;
    private final TtlPolicy otherwise;

    private TtlRules(List<Rule> rules, TtlPolicy otherwise) {
        this.rules = List.copyOf(rules);
        this.otherwise = otherwise;
    }

    @Override
    public Optional<Instant> expiry(MarketEvent event, Instant receivedAt) {
        for (Rule rule : rules) {
            if (rule.matches(event)) {
                return rule.policy.expiry(event, receivedAt);
            }
        }
        return otherwise.expiry(event, receivedAt);
    }

    private record Rule(@Nullable String detailType, @Nullable String exchange, TtlPolicy policy) {
        boolean matches(MarketEvent event) {
            return (detailType == null || detailType.equals(event.detailType()))
                    && (exchange == null || exchange.equals(event.exchange()));
        }
    }

    /** Builds {@link TtlRules}; rules are asked in the order of their adding. Not thread-safe. */
    public static final class Builder {
        private final List<Rule> rules = new ArrayList<>();
        private TtlPolicy otherwise = TtlPolicy.days(DEFAULT_DAYS);

        Builder() {}

        /** What holds for events of a detail type. */
        public Builder detailType(String detailType, TtlPolicy policy) {
            return rule(detailType, null, policy);
        }

        /** What holds for events of an exchange. */
        public Builder exchange(String exchange, TtlPolicy policy) {
            return rule(null, exchange, policy);
        }

        /** What holds for events of a detail type on an exchange; null stands for any, but not both. */
        public Builder rule(@Nullable String detailType, @Nullable String exchange, TtlPolicy policy) {
            if (detailType == null && exchange == null) {
                throw new IllegalArgumentException("a rule names a detail type, an exchange or both");
            }
            rules.add(new Rule(detailType, exchange, policy));
            return this;
        }

        /** What holds where no rule matches; 30 days where not set. */
        public Builder otherwise(TtlPolicy policy) {
            otherwise = policy;
            return this;
        }

        public TtlRules build() {
            return new TtlRules(rules, otherwise);
        }
    }
}
