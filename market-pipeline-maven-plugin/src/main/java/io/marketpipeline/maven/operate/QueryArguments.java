package io.marketpipeline.maven.operate;

import io.marketpipeline.dynamodb.DynamoDbAuditTrailReader;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.store.AuditTrailQuery;
import io.marketpipeline.store.MarketDataQuery;
import io.marketpipeline.store.PageRequest;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns the switches of {@code query} and {@code audit} into questions; each refuses what makes none. */
public final class QueryArguments {
    private static final String EVENT_ID = "BAC-2013-10-07-trades:trade:BAC:1";

    private QueryArguments() {}

    /** Exactly one must be given. */
    public static MarketDataQuery marketData(
            @Nullable String symbol, @Nullable String exchange, @Nullable String eventId) {
        requireText("-Dsymbol", symbol, "BAC");
        requireText("-Dexchange", exchange, "XNYS");
        requireText("-DeventId", eventId, EVENT_ID);
        long given =
                Stream.of(symbol, exchange, eventId).filter(Objects::nonNull).count();
        if (given == 1 && symbol != null) {
            return MarketDataQuery.bySymbol(symbol);
        }
        if (given == 1 && exchange != null) {
            return MarketDataQuery.byExchange(exchange);
        }
        if (given == 1 && eventId != null) {
            return MarketDataQuery.byEventId(eventId);
        }
        throw new UserFixableException("Rows are found by one of -Dsymbol, -Dexchange and -DeventId, but "
                + (given == 0 ? "none of them is" : given + " of them are") + " given; example: -Dsymbol=BAC");
    }

    /** Exactly one of the first two must be given. */
    public static AuditTrailQuery auditTrail(
            @Nullable String eventType, @Nullable String eventId, @Nullable String statuses) {
        requireText("-DeventType", eventType, "Trade Execution");
        requireText("-DeventId", eventId, EVENT_ID);
        Set<String> wanted = statuses(statuses);
        if (eventType != null && eventId == null) {
            return AuditTrailQuery.byEventType(eventType).ofStatuses(wanted);
        }
        if (eventId != null && eventType == null) {
            return AuditTrailQuery.byEventId(eventId).ofStatuses(wanted);
        }
        throw new UserFixableException("Audit records are found by either -DeventType or -DeventId, but "
                + (eventType == null ? "none" : "both")
                + " of them is given; example: -DeventType=\"Trade Execution\"");
    }

    /** Times as {@link TimeArgument} reads them; null for no bound. */
    public static PageRequest page(
            @Nullable String from, @Nullable String to, Instant now, int limit, boolean newestFirst) {
        if (limit < 1) {
            throw new UserFixableException("-Dlimit is " + limit + ", must be at least 1; example: -Dlimit=20");
        }
        PageRequest.Builder page = PageRequest.builder().limit(limit).newestFirst(newestFirst);
        if (from != null) {
            page.from(TimeArgument.parse("-Dfrom", from, now));
        }
        if (to != null) {
            page.to(TimeArgument.parse("-Dto", to, now));
        }
        try {
            return page.build();
        } catch (IllegalArgumentException e) {
            throw new UserFixableException(
                    "-Dfrom is '" + from + "', which is after -Dto, '" + to + "'; example: -Dfrom=2h -Dto=1h", e);
        }
    }

    /** An empty one is mostly a script's variable without a value; no table takes it as a key. */
    private static void requireText(String name, @Nullable String value, String example) {
        if (value != null && value.isBlank()) {
            throw new UserFixableException(name + " is given, but empty; example: '" + name + "=" + example + "'");
        }
    }

    private static Set<String> statuses(@Nullable String text) {
        Set<String> statuses = new TreeSet<>();
        if (text != null) {
            for (String name : text.split(",", -1)) {
                String status = name.strip().toUpperCase(Locale.ROOT);
                if (!DynamoDbAuditTrailReader.STATUSES.contains(status)) {
                    throw new UserFixableException("-Dstatus is '" + text + "', must be some of "
                            + String.join(", ", DynamoDbAuditTrailReader.STATUSES)
                            + ", joined by commas; example: -Dstatus=REJECTED,ERROR");
                }
                statuses.add(status);
            }
        }
        return statuses;
    }
}
