package com.example.tape;

import io.marketpipeline.event.EventKind;
import io.marketpipeline.event.MarketEvent;
import io.marketpipeline.event.RejectedEventException;
import io.marketpipeline.processor.MarketEventProcessor;
import io.marketpipeline.processor.ProcessorParts;
import io.marketpipeline.ttl.TtlPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An equities tape. Every tick is stored; a trade whose sale conditions say that its price isn't the market's is
 * flagged, so that a last-price query can leave it out without anything having been dropped.
 */
public final class TapeProcessor extends MarketEventProcessor {
    /** Number: price times volume. */
    public static final String NOTIONAL = "notional";

    /** Boolean: whether the trade's price is the market's. */
    public static final String SETS_LAST_PRICE = "sets_last_price";

    /** List of strings: the sale conditions for which it isn't; absent where there are none. */
    public static final String FLAGS = "flags";

    private static final Duration TRADES = Duration.ofDays(90);
    private static final Duration QUOTES = Duration.ofDays(7);

    public TapeProcessor(ProcessorParts parts) {
        super(parts.toBuilder().ttl(TtlPolicy.of(TapeProcessor::timeToLive)).build());
    }

    private static Optional<Duration> timeToLive(MarketEvent event) {
        return Optional.of(event.kind() == EventKind.QUOTE ? QUOTES : TRADES);
    }

    @Override
    protected void validate(MarketEvent event) {
        flags(event);
    }

    @Override
    protected MarketEvent enrich(MarketEvent event) {
        if (event.kind() != EventKind.TRADE) {
            return event;
        }
        MarketEvent.Builder enriched = event.toBuilder();
        if (event.price() != null && event.volume() != null) {
            enriched.attribute(NOTIONAL, event.price().multiply(event.volume()));
        }
        List<String> flags = flags(event);
        if (!flags.isEmpty()) {
            enriched.attribute(FLAGS, flags);
        }
        return enriched.attribute(SETS_LAST_PRICE, flags.isEmpty()).build();
    }

    private static List<String> flags(MarketEvent event) {
        if (event.kind() != EventKind.TRADE || event.conditions() == null) {
            return List.of();
        }
        try {
            return SaleCondition.in(event.conditions()).stream().map(Enum::name).toList();
        } catch (NumberFormatException e) {
            throw new RejectedEventException("invalid_conditions", "conditions", "must be a hexadecimal bit set");
        }
    }
}
