package io.marketpipeline.event;

import io.marketpipeline.text.Surrogates;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One market event: a trade, a quote or a price. Immutable and thread-safe. What an event doesn't have is null. All
 * numbers are decimal. Change one with {@link #toBuilder()}.
 */
public final class MarketEvent {
    private final EventKind kind;
    private final String eventId;
    private final long eventTimeMillis;
    private final int eventTimeNanos;
    private final @Nullable Long publishTimeMillis;
    private final String source;
    private final String detailType;
    private final String exchange;
    private final String symbol;
    private final @Nullable BigDecimal price;
    private final @Nullable BigDecimal volume;
    private final @Nullable BigDecimal bidPrice;
    private final @Nullable BigDecimal bidSize;
    private final @Nullable BigDecimal askPrice;
    private final @Nullable BigDecimal askSize;
    private final @Nullable Long sequence;
    private final @Nullable String tradeId;
    private final @Nullable String refEventId;
    private final @Nullable String conditions;
    private final @Nullable String side;
    private final @Nullable String currency;
    private final @Nullable String tape;
    private final RawData rawData;
    private final Map<String, Object> attributes;

    private MarketEvent(Builder b) {
        kind = needed(b.kind, "kind");
        eventId = needed(b.eventId, "eventId");
        if (!b.eventTimeGiven) {
            throw new NullPointerException("eventTime");
        }
        eventTimeMillis = b.eventTimeMillis;
        eventTimeNanos = b.eventTimeNanos;
        publishTimeMillis = b.publishTimeMillis;
        source = b.source;
        detailType = needed(b.detailType, "detailType");
        exchange = needed(b.exchange, "exchange");
        symbol = needed(b.symbol, "symbol");
        price = b.price;
        volume = b.volume;
        bidPrice = b.bidPrice;
        bidSize = b.bidSize;
        askPrice = b.askPrice;
        askSize = b.askSize;
        sequence = b.sequence;
        tradeId = b.tradeId;
        refEventId = b.refEventId;
        conditions = b.conditions;
        side = b.side;
        currency = b.currency;
        tape = b.tape;
        rawData = b.rawData;
        attributes = b.attributes == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(b.attributes));
    }

    private static <T> T needed(@Nullable T value, String name) {
        return Objects.requireNonNull(value, name);
    }

    /** Whether it is a trade, a quote or a price. */
    public EventKind kind() {
        return kind;
    }

    /** Identity of the event; with {@link #eventTimeMillis()} the key of its row. */
    public String eventId() {
        return eventId;
    }

    /** Event time in milliseconds since the epoch: the row's sort key. */
    public long eventTimeMillis() {
        return eventTimeMillis;
    }

    /** Nanoseconds of the event time below its millisecond, 0 to 999,999; 0 where the source is no finer. */
    public int eventTimeNanos() {
        return eventTimeNanos;
    }

    /** Event time in full precision. */
    public Instant eventTime() {
        return Instant.ofEpochMilli(eventTimeMillis).plusNanos(eventTimeNanos);
    }

    /** When the publisher sent the event, in milliseconds since the epoch; null where not given. */
    public @Nullable Long publishTimeMillis() {
        return publishTimeMillis;
    }

    /** What sent the event, such as {@code market.data}; empty in rows that have none. */
    public String source() {
        return source;
    }

    /** EventBridge detail type, such as {@code Trade Execution}. */
    public String detailType() {
        return detailType;
    }

    /** Venue, as the source names it. */
    public String exchange() {
        return exchange;
    }

    /** Instrument, as the source names it. */
    public String symbol() {
        return symbol;
    }

    /** Price of a trade or price update; null for quotes and for updates that only refer to another event. */
    public @Nullable BigDecimal price() {
        return price;
    }

    /** Traded quantity; null where the event has none. */
    public @Nullable BigDecimal volume() {
        return volume;
    }

    /** Price of the bid; null where the quote has no bid. */
    public @Nullable BigDecimal bidPrice() {
        return bidPrice;
    }

    /** Quantity at the bid; null where not given. */
    public @Nullable BigDecimal bidSize() {
        return bidSize;
    }

    /** Price of the ask; null where the quote has no ask. */
    public @Nullable BigDecimal askPrice() {
        return askPrice;
    }

    /** Quantity at the ask; null where not given. */
    public @Nullable BigDecimal askSize() {
        return askSize;
    }

    /** Place in the source's sequence; null where not given. */
    public @Nullable Long sequence() {
        return sequence;
    }

    /** The venue's id of the trade; null where not given. */
    public @Nullable String tradeId() {
        return tradeId;
    }

    /** What a correction or cancel refers to; null where not given. */
    public @Nullable String refEventId() {
        return refEventId;
    }

    /** Sale or quote conditions, as the source writes them; those of an array are joined by commas; null where none. */
    public @Nullable String conditions() {
        return conditions;
    }

    /** Side of the aggressor, as the source writes it; null where not given. */
    public @Nullable String side() {
        return side;
    }

    /** Currency of the prices; null where not given. */
    public @Nullable String currency() {
        return currency;
    }

    /** The consolidated tape that reported it; null where not given. */
    public @Nullable String tape() {
        return tape;
    }

    /** Exact bytes of the envelope's {@code detail}. */
    public RawData rawData() {
        return rawData;
    }

    /**
     * Attributes that the user's code added, in the order of their adding; unmodifiable. A value is a {@link String}, a
     * {@link BigDecimal}, a {@link Boolean} or an unmodifiable {@code List<String>}.
     */
    public Map<String, Object> attributes() {
        return attributes;
    }

    /** A builder of an event with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** As {@link #builder()}, for the decoder, which has looked at each text already. */
    static Builder ofWholeTexts() {
        Builder b = new Builder();
        b.wholeTexts = true;
        return b;
    }

    /** A builder with this event's values. */
    public Builder toBuilder() {
        Builder b = new Builder();
        b.kind = kind;
        b.eventId = eventId;
        b.eventTimeGiven = true;
        b.eventTimeMillis = eventTimeMillis;
        b.eventTimeNanos = eventTimeNanos;
        b.publishTimeMillis = publishTimeMillis;
        b.source = source;
        b.detailType = detailType;
        b.exchange = exchange;
        b.symbol = symbol;
        b.price = price;
        b.volume = volume;
        b.bidPrice = bidPrice;
        b.bidSize = bidSize;
        b.askPrice = askPrice;
        b.askSize = askSize;
        b.sequence = sequence;
        b.tradeId = tradeId;
        b.refEventId = refEventId;
        b.conditions = conditions;
        b.side = side;
        b.currency = currency;
        b.tape = tape;
        b.rawData = rawData;
        b.attributes = attributes.isEmpty() ? null : new LinkedHashMap<>(attributes);
        return b;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MarketEvent event && values().equals(event.values());
    }

    @Override
    public int hashCode() {
        return Objects.hash(eventId, eventTimeMillis);
    }

    private List<@Nullable Object> values() {
        return Arrays.asList(
                kind,
                eventId,
                eventTimeMillis,
                eventTimeNanos,
                publishTimeMillis,
                source,
                detailType,
                exchange,
                symbol,
                price,
                volume,
                bidPrice,
                bidSize,
                askPrice,
                askSize,
                sequence,
                tradeId,
                refEventId,
                conditions,
                side,
                currency,
                tape,
                rawData,
                attributes);
    }

    /** Kind, identity and time; never the payload. */
    @Override
    public String toString() {
        return "MarketEvent[" + kind + " " + eventId + " at " + eventTimeMillis + "]";
    }

    /** Builds a {@link MarketEvent}. Half of a surrogate pair in a text becomes U+FFFD. Not thread-safe. */
    public static final class Builder {
        private @Nullable EventKind kind;
        private @Nullable String eventId;
        private boolean eventTimeGiven;
        private long eventTimeMillis;
        private int eventTimeNanos;
        private @Nullable Long publishTimeMillis;
        private String source = "";
        private @Nullable String detailType;
        private @Nullable String exchange;
        private @Nullable String symbol;
        private @Nullable BigDecimal price;
        private @Nullable BigDecimal volume;
        private @Nullable BigDecimal bidPrice;
        private @Nullable BigDecimal bidSize;
        private @Nullable BigDecimal askPrice;
        private @Nullable BigDecimal askSize;
        private @Nullable Long sequence;
        private @Nullable String tradeId;
        private @Nullable String refEventId;
        private @Nullable String conditions;
        private @Nullable String side;
        private @Nullable String currency;
        private @Nullable String tape;
        private RawData rawData = RawData.empty();
        private @Nullable Map<String, Object> attributes;
        private boolean wholeTexts;

        private Builder() {}

        public Builder kind(EventKind value) {
            kind = value;
            return this;
        }

        public Builder eventId(String value) {
            eventId = value;
            return this;
        }

        /** Sets the event time. */
        public Builder eventTime(Instant value) {
            int nanos = value.getNano();
            return eventTime(Math.multiplyExact(value.getEpochSecond(), 1000L) + nanos / 1_000_000, nanos % 1_000_000);
        }

        /**
         * Sets the event time.
         *
         * @param millis milliseconds since the epoch
         * @param nanos nanoseconds below the millisecond, 0 to 999,999
         */
        public Builder eventTime(long millis, int nanos) {
            if (nanos < 0 || nanos > 999_999) {
                throw new IllegalArgumentException("nanos must be from 0 to 999,999, not " + nanos);
            }
            eventTimeGiven = true;
            eventTimeMillis = millis;
            eventTimeNanos = nanos;
            return this;
        }

        public Builder publishTimeMillis(@Nullable Long value) {
            publishTimeMillis = value;
            return this;
        }

        public Builder source(String value) {
            source = value;
            return this;
        }

        public Builder detailType(String value) {
            detailType = value;
            return this;
        }

        public Builder exchange(String value) {
            exchange = value;
            return this;
        }

        public Builder symbol(String value) {
            symbol = value;
            return this;
        }

        public Builder price(@Nullable BigDecimal value) {
            price = value;
            return this;
        }

        public Builder volume(@Nullable BigDecimal value) {
            volume = value;
            return this;
        }

        public Builder bidPrice(@Nullable BigDecimal value) {
            bidPrice = value;
            return this;
        }

        public Builder bidSize(@Nullable BigDecimal value) {
            bidSize = value;
            return this;
        }

        public Builder askPrice(@Nullable BigDecimal value) {
            askPrice = value;
            return this;
        }

        public Builder askSize(@Nullable BigDecimal value) {
            askSize = value;
            return this;
        }

        public Builder sequence(@Nullable Long value) {
            sequence = value;
            return this;
        }

        public Builder tradeId(@Nullable String value) {
            tradeId = value;
            return this;
        }

        public Builder refEventId(@Nullable String value) {
            refEventId = value;
            return this;
        }

        public Builder conditions(@Nullable String value) {
            conditions = value;
            return this;
        }

        public Builder side(@Nullable String value) {
            side = value;
            return this;
        }

        public Builder currency(@Nullable String value) {
            currency = value;
            return this;
        }

        public Builder tape(@Nullable String value) {
            tape = value;
            return this;
        }

        public Builder rawData(RawData value) {
            rawData = value;
            return this;
        }

        /** Adds an attribute of the user's own to the row, or replaces the one of that name. */
        public Builder attribute(String name, String value) {
            return put(name, Surrogates.whole(value));
        }

        /** Adds a number of the user's own to the row; refused where DynamoDB can't hold it (38 digits). */
        public Builder attribute(String name, BigDecimal value) {
            return put(name, Decimals.bounded(name, value));
        }

        /** Adds a flag of the user's own to the row. */
        public Builder attribute(String name, boolean value) {
            return put(name, value);
        }

        /** Adds a list of texts of the user's own to the row. */
        public Builder attribute(String name, List<String> value) {
            return put(name, value.stream().map(Surrogates::whole).toList());
        }

        private Builder put(String name, Object value) {
            String checked = OwnAttributes.checkedName(name);
            Objects.requireNonNull(value, name);
            if (attributes == null) {
                attributes = new LinkedHashMap<>();
            }
            attributes.put(checked, value);
            return this;
        }

        /**
         * Builds the event.
         *
         * @throws NullPointerException where kind, id, event time, detail type, exchange or symbol isn't set
         */
        public MarketEvent build() {
            if (!wholeTexts) {
                makeTextsWhole();
            }
            return new MarketEvent(this);
        }

        private void makeTextsWhole() {
            eventId = whole(eventId);
            source = Surrogates.whole(source);
            detailType = whole(detailType);
            exchange = whole(exchange);
            symbol = whole(symbol);
            tradeId = whole(tradeId);
            refEventId = whole(refEventId);
            conditions = whole(conditions);
            side = whole(side);
            currency = whole(currency);
            tape = whole(tape);
        }

        private static @Nullable String whole(@Nullable String text) {
            return text == null ? null : Surrogates.whole(text);
        }
    }
}
