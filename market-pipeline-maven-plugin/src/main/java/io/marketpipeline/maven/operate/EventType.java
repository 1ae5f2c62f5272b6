package io.marketpipeline.maven.operate;

import io.marketpipeline.event.EventKind;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.RuleConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.schema.DetailTypes;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the rows of a file are. Immutable.
 *
 * @param detailType detail type of the events
 * @param kind part of their identity
 */
public record EventType(String detailType, EventKind kind) {
    private static final Set<String> QUOTE_COLUMNS = Set.of("bid_price", "ask_price");

    /**
     * The type of a name.
     *
     * @throws UserFixableException if no rule routes the detail type, since such events would go nowhere
     */
    public static EventType ofDetailType(String detailType, PipelineConfig config) {
        Set<String> routed = new TreeSet<>();
        for (RuleConfig rule : config.rules()) {
            EventKind kind = rule.detailTypes().get(detailType);
            if (kind != null) {
                return new EventType(detailType, kind);
            }
            routed.addAll(rule.detailTypes().keySet());
        }
        throw new UserFixableException("-DdetailType (<detailType>) is '" + detailType
                + "', which no rule routes to the function: its events would go nowhere. Routed are " + routed
                + "; add it to a <rule>, deploy, and publish again");
    }

    /** The detail type that a kind has by default. */
    public static EventType ofKind(EventKind kind) {
        return new EventType(
                switch (kind) {
                    case TRADE -> DetailTypes.TRADE_EXECUTION;
                    case QUOTE -> DetailTypes.MARKET_QUOTE;
                    case PRICE -> DetailTypes.PRICE_UPDATE;
                },
                kind);
    }

    /** Quotes if there is a bid or an ask column, else trades. */
    static EventType ofColumns(Collection<String> columns) {
        return ofKind(columns.stream().anyMatch(QUOTE_COLUMNS::contains) ? EventKind.QUOTE : EventKind.TRADE);
    }
}
