package io.marketpipeline.event;

import static io.marketpipeline.event.DetailFields.MAX_ID;
import static io.marketpipeline.event.RejectionReasons.INVALID;
import static io.marketpipeline.event.RejectionReasons.MISSING;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes an event of one envelope and what its {@code detail} has. Used once. */
final class DetailReader {
    private final Envelope envelope;
    private final Map<String, EventKind> detailTypes;
    private final String[] identityFields;
    private final Predicate<String> negativePrices;
    private DetailFields fields;

    DetailReader(
            Envelope envelope,
            Map<String, EventKind> detailTypes,
            String[] identityFields,
            Predicate<String> negativePrices) {
        this.envelope = envelope;
        this.detailTypes = detailTypes;
        this.identityFields = identityFields;
        this.negativePrices = negativePrices;
        this.fields = new DetailFields(identityFields.length);
    }

    DecodedEvent read() {
        RawData detail = envelope.detail();
        PlainObject plain = detail == null || envelope.problem() != null ? null : detail.plain();
        DetailFields read = plain == null ? null : PlainDetail.read(plain, identityFields);
        if (read == null) {
            return readParsed();
        }
        fields = read;
        return event();
    }

    /** As {@link #read}, by the parser for all of JSON. */
    DecodedEvent readParsed() {
        Rejection problem = envelope.problem();
        if (problem != null) {
            fields.refuse(problem);
        }
        RawData detail = envelope.detail();
        if (detail != null) {
            ParsedDetail.read(detail, identityFields, fields);
        }
        return event();
    }

    private DecodedEvent event() {
        String eventId = identity();
        long nanos = time();
        RawData detail = envelope.detail();
        String detailType = envelope.detailType();
        EventKind kind = kind(detailType);
        if (envelope.source() == null && envelope.problem() == null) {
            fields.refuse(MISSING + "source", "source", "is missing in the envelope");
        }
        if (detail != null && kind != null && !Pack.isRefused(envelope)) {
            checkFields(kind);
        }
        String exchange = fields.exchange;
        String symbol = fields.symbol;
        if (fields.rejections() != null || detail == null || kind == null || symbol == null || exchange == null) {
            return invalid(eventId, nanos);
        }
        return new DecodedEvent.Valid(fields.event
                .kind(kind)
                .eventId(eventId)
                .eventTime(nanos / 1_000_000, (int) (nanos % 1_000_000))
                .source(String.valueOf(envelope.source()))
                .detailType(String.valueOf(detailType))
                .exchange(exchange)
                .symbol(symbol)
                .refEventId(fields.refEventId)
                .price(fields.price)
                .volume(fields.volume)
                .bidPrice(fields.bidPrice)
                .bidSize(fields.bidSize)
                .askPrice(fields.askPrice)
                .askSize(fields.askSize)
                .rawData(detail)
                .build());
    }

    private DecodedEvent invalid(String eventId, long nanos) {
        String id = eventId.isEmpty() ? "unreadable-" + envelope.raw().sha256() : eventId;
        String detailType = envelope.detailType() == null ? "unknown" : envelope.detailType();
        List<Rejection> rejections = fields.rejections();
        return new DecodedEvent.Invalid(
                id,
                detailType,
                nanos == EventTimes.NONE ? 0 : nanos / 1_000_000,
                rejections == null ? List.of() : rejections);
    }

    /** The event's identity; empty where there is none. */
    private String identity() {
        boolean whole = true;
        for (int i = 0; i < identityFields.length; i++) {
            if (fields.identity[i] == null) {
                fields.identity[i] = ofEnvelope(identityFields[i]);
            }
            whole &= fields.identity[i] != null;
        }
        if (whole) {
            String id = identityFields.length == 1 ? String.valueOf(fields.identity[0]) : joined();
            if (id.length() <= MAX_ID) {
                return id;
            }
            fields.refuse(
                    INVALID + "event_id", "event_id", "is longer than " + MAX_ID + " characters: " + Quoted.of(id));
        }
        if (envelope.id() == null) {
            if (envelope.problem() == null && !fields.isRefused("event_id")) {
                fields.refuse(MISSING + "event_id", "event_id", "is missing, and the envelope has no id");
            }
            return "";
        }
        return envelope.id();
    }

    private String joined() {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < fields.identity.length; i++) {
            String value = String.valueOf(fields.identity[i]);
            boolean plain = value.indexOf('|') < 0 && value.indexOf('%') < 0;
            id.append(i == 0 ? "" : "|")
                    .append(plain ? value : value.replace("%", "%25").replace("|", "%7C"));
        }
        return id.toString();
    }

    private @Nullable String ofEnvelope(String field) {
        return switch (field) {
            case "detail_type" -> envelope.detailType();
            case "source" -> envelope.source();
            default -> null;
        };
    }

    private long time() {
        if (fields.eventNanos != EventTimes.NONE) {
            return fields.eventNanos;
        }
        long nanos = envelope.time() == null ? EventTimes.NONE : EventTimes.parse(envelope.time());
        if (nanos == EventTimes.NONE && !fields.eventTimeGiven && envelope.problem() == null) {
            if (envelope.time() == null) {
                fields.refuse(MISSING + "event_time", "event_time", "is missing, and the envelope has no time");
            } else {
                fields.refuse(
                        INVALID + "time",
                        "time",
                        "of the envelope must be ISO-8601, not " + Quoted.of(envelope.time()));
            }
        }
        return nanos;
    }

    private @Nullable EventKind kind(@Nullable String detailType) {
        EventKind kind = detailType == null ? null : detailTypes.get(detailType);
        if (kind == null && envelope.problem() == null) {
            if (detailType == null) {
                fields.refuse(MISSING + "detail-type", "detail-type", "is missing in the envelope");
            } else {
                fields.refuse(
                        RejectionReasons.UNKNOWN_DETAIL_TYPE,
                        "detail-type",
                        "isn't one that the pipeline is configured for: " + Quoted.of(detailType));
            }
        }
        return kind;
    }

    private void checkFields(EventKind kind) {
        need("exchange", fields.exchange);
        need("symbol", fields.symbol);
        switch (kind) {
            case TRADE -> {
                // A cancel names what it cancels and may say no more.
                if (fields.refEventId == null) {
                    need("price", fields.price);
                    need("volume", fields.volume);
                }
            }
            case PRICE -> need("price", fields.price);
            case QUOTE -> checkQuote();
        }
        checkPrice("price", fields.price);
        checkPrice("bid_price", fields.bidPrice);
        checkPrice("ask_price", fields.askPrice);
        checkSize("volume", fields.volume);
        checkSize("bid_size", fields.bidSize);
        checkSize("ask_size", fields.askSize);
    }

    private void checkQuote() {
        if (fields.bidSize != null) {
            need("bid_price", fields.bidPrice);
        }
        if (fields.askSize != null) {
            need("ask_price", fields.askPrice);
        }
        if (fields.bidPrice == null && fields.askPrice == null && fields.rejections() == null) {
            fields.refuse(
                    Rejection.of(RejectionReasons.MISSING_QUOTE_SIDE, "a quote needs bid_price, ask_price or both"));
        }
    }

    private void checkPrice(String name, @Nullable BigDecimal value) {
        if (value != null && value.signum() < 0 && fields.symbol != null && !negativePrices.test(fields.symbol)) {
            fields.refuse(
                    RejectionReasons.NEGATIVE_PRICE,
                    name,
                    "is below zero: " + value + "; the settings don't allow that for " + Quoted.of(fields.symbol));
        }
    }

    private void checkSize(String name, @Nullable BigDecimal value) {
        if (value != null && value.signum() < 0) {
            fields.refuse(INVALID + name, name, "must not be below zero, but is " + value);
        }
    }

    private void need(String name, @Nullable Object value) {
        if (value == null && !fields.isRefused(name)) {
            fields.refuse(MISSING + name, name, "is missing");
        }
    }
}
