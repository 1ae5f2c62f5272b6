package io.marketpipeline.event;

import static io.marketpipeline.event.RejectionReasons.INVALID;
import static io.marketpipeline.event.RejectionReasons.MISSING;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the {@code detail} of one envelope. Used once. */
final class DetailReader {
    /** In UTF-8 at most 1,536 bytes: a key takes 2,048, and an audit record adds its status to the id. */
    private static final int MAX_ID = 512;

    private static final int MAX_NAME = 128;
    private static final int MAX_CONDITIONS = 1024;

    private final Envelope envelope;
    private final Map<String, EventKind> detailTypes;
    private final String[] identityFields;
    private final @Nullable String[] identityValues;
    private final Predicate<String> negativePrices;
    private final SeenNames seen = new SeenNames();
    private final MarketEvent.Builder event = MarketEvent.builder();
    private @Nullable List<Rejection> rejections;

    private @Nullable String exchange;
    private @Nullable String symbol;
    private @Nullable String refEventId;
    private @Nullable BigDecimal price;
    private @Nullable BigDecimal volume;
    private @Nullable BigDecimal bidPrice;
    private @Nullable BigDecimal bidSize;
    private @Nullable BigDecimal askPrice;
    private @Nullable BigDecimal askSize;
    private long eventNanos = EventTimes.NONE;
    private boolean eventTimeGiven;

    DetailReader(
            Envelope envelope,
            Map<String, EventKind> detailTypes,
            String[] identityFields,
            Predicate<String> negativePrices) {
        this.envelope = envelope;
        this.detailTypes = detailTypes;
        this.identityFields = identityFields;
        this.identityValues = new String[identityFields.length];
        this.negativePrices = negativePrices;
    }

    DecodedEvent read() {
        envelope.defect().ifPresent(this::refuse);
        RawData detail = envelope.detail();
        if (detail != null) {
            readDetail(detail);
        }
        String eventId = identity();
        long nanos = time();
        String detailType = envelope.detailType();
        EventKind kind = kind(detailType);
        if (envelope.source() == null && envelope.problem() == null) {
            refuse(MISSING + "source", "source", "is missing in the envelope");
        }
        if (detail != null && kind != null) {
            checkFields(kind);
        }
        if (rejections != null || detail == null || kind == null || symbol == null || exchange == null) {
            return invalid(eventId, nanos);
        }
        return new DecodedEvent.Valid(event.kind(kind)
                .eventId(eventId)
                .eventTime(nanos / 1_000_000, (int) (nanos % 1_000_000))
                .source(String.valueOf(envelope.source()))
                .detailType(String.valueOf(detailType))
                .exchange(exchange)
                .symbol(symbol)
                .refEventId(refEventId)
                .price(price)
                .volume(volume)
                .bidPrice(bidPrice)
                .bidSize(bidSize)
                .askPrice(askPrice)
                .askSize(askSize)
                .rawData(detail)
                .build());
    }

    private DecodedEvent invalid(String eventId, long nanos) {
        String id = eventId.isEmpty() ? "unreadable-" + envelope.raw().sha256() : eventId;
        String detailType = envelope.detailType() == null ? "unknown" : envelope.detailType();
        return new DecodedEvent.Invalid(
                id,
                detailType,
                nanos == EventTimes.NONE ? 0 : nanos / 1_000_000,
                rejections == null ? List.of() : rejections);
    }

    private static Tokens tokens(RawData detail) throws IOException {
        PlainObject plain = PlainObject.flat(detail);
        return plain == null ? new Tokens.OfParser(Json.detail(detail)) : new Tokens.OfPlain(plain);
    }

    private void readDetail(RawData detail) {
        try (Tokens parser = tokens(detail)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return; // the envelope's defect says so
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                field(parser, name);
            }
        } catch (JsonProcessingException e) {
            refuse(RejectionReasons.MALFORMED, "detail", "can't be read: " + Quoted.sentence(e.getOriginalMessage()));
        } catch (IOException | IllegalStateException e) {
            refuse(
                    RejectionReasons.MALFORMED,
                    "detail",
                    "can't be read: " + Quoted.sentence(String.valueOf(e.getMessage())));
        }
    }

    private void field(Tokens parser, String name) throws IOException {
        if (!seen.add(name)) {
            refuse(
                    RejectionReasons.DUPLICATE_FIELD,
                    Texts.fault(name, MAX_NAME) == null ? name : "detail",
                    "is there twice in detail");
            parser.skipChildren();
            return;
        }
        for (int i = 0; i < identityFields.length; i++) {
            if (identityFields[i].equals(name)) {
                identityValues[i] = text(parser, name, MAX_ID, true);
            }
        }
        switch (name) {
            case "event_time" -> eventTime(parser, name);
            case "publish_time" -> publishTime(parser, name);
            case "exchange" -> exchange = text(parser, name, MAX_NAME, false);
            case "symbol" -> symbol = text(parser, name, MAX_NAME, false);
            case "price" -> price = decimal(parser, name);
            case "volume" -> volume = decimal(parser, name);
            case "bid_price" -> bidPrice = decimal(parser, name);
            case "bid_size" -> bidSize = decimal(parser, name);
            case "ask_price" -> askPrice = decimal(parser, name);
            case "ask_size" -> askSize = decimal(parser, name);
            case "sequence" -> sequence(parser, name);
            case "trade_id" -> event.tradeId(text(parser, name, MAX_ID, true));
            case "ref_event_id" -> refEventId = text(parser, name, MAX_ID, true);
            case "conditions" -> event.conditions(conditions(parser, name));
            case "side" -> event.side(text(parser, name, MAX_NAME, false));
            case "currency" -> event.currency(text(parser, name, MAX_NAME, false));
            case "tape" -> event.tape(text(parser, name, MAX_NAME, true));
            default -> parser.skipChildren();
        }
    }

    /** A text, or a number's text where those are legal, too; null where there is none or a wrong one. */
    private @Nullable String text(Tokens parser, String name, int maxChars, boolean numbersToo) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        boolean legal = token == JsonToken.VALUE_STRING || (numbersToo && token == JsonToken.VALUE_NUMBER_INT);
        if (!legal) {
            parser.skipChildren();
            refuse(INVALID + name, name, numbersToo ? "must be a text or a whole number" : "must be a text");
            return null;
        }
        String value = parser.getText();
        String fault = Texts.fault(value, maxChars);
        if (fault != null) {
            refuse(INVALID + name, name, fault + ": " + Quoted.of(value));
            return null;
        }
        return value.isBlank() ? null : value;
    }

    private @Nullable BigDecimal decimal(Tokens parser, String name) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
            parser.skipChildren();
            refuse(INVALID + name, name, "must be a number");
            return null;
        }
        if (parser.isEmpty()) {
            return null;
        }
        BigDecimal value = parser.decimal();
        if (value == null) {
            refuse(
                    INVALID + name,
                    name,
                    "must be a decimal number of at most 38 digits from 1E-130 to 9.9E+125, not "
                            + Quoted.of(parser.getText()));
        }
        return value;
    }

    private void sequence(Tokens parser, String name) throws IOException {
        BigDecimal value = decimal(parser, name);
        if (value == null) {
            return;
        }
        try {
            event.sequence(value.longValueExact());
        } catch (ArithmeticException e) {
            refuse(INVALID + name, name, "must be a whole number of 64 bits, not " + Quoted.of(parser.getText()));
        }
    }

    private @Nullable String conditions(Tokens parser, String name) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return text(parser, name, MAX_CONDITIONS, true);
        }
        StringBuilder joined = new StringBuilder();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String one = text(parser, name, MAX_NAME, true);
            if (one != null && joined.length() <= MAX_CONDITIONS) {
                joined.append(joined.isEmpty() ? "" : ",").append(one);
            }
        }
        if (joined.length() > MAX_CONDITIONS) {
            refuse(INVALID + name, name, "is longer than " + MAX_CONDITIONS + " characters");
        }
        return joined.isEmpty() ? null : joined.toString();
    }

    private void eventTime(Tokens parser, String name) throws IOException {
        eventTimeGiven = parser.currentToken() != JsonToken.VALUE_NULL;
        eventNanos = nanos(parser, name);
    }

    private void publishTime(Tokens parser, String name) throws IOException {
        long nanos = nanos(parser, name);
        if (nanos != EventTimes.NONE) {
            event.publishTimeMillis(nanos / 1_000_000);
        }
    }

    private long nanos(Tokens parser, String name) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return EventTimes.NONE;
        }
        if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
            parser.skipChildren();
            refuse(INVALID + name, name, "must be an ISO-8601 text or an epoch number");
            return EventTimes.NONE;
        }
        String value = parser.getText();
        long nanos = EventTimes.parse(value);
        if (nanos == EventTimes.NONE) {
            refuse(
                    INVALID + name,
                    name,
                    "must be ISO-8601 with an offset, 1970 to 2261,"
                            + " or an epoch number of seconds to nanoseconds, 1973-03-03 to 2261, not "
                            + Quoted.of(value));
        }
        return nanos;
    }

    /** The event's identity; empty where there is none. */
    private String identity() {
        boolean whole = true;
        for (int i = 0; i < identityFields.length; i++) {
            if (identityValues[i] == null) {
                identityValues[i] = ofEnvelope(identityFields[i]);
            }
            whole &= identityValues[i] != null;
        }
        if (whole) {
            String id = identityFields.length == 1 ? String.valueOf(identityValues[0]) : joined();
            if (id.length() <= MAX_ID) {
                return id;
            }
            refuse(INVALID + "event_id", "event_id", "is longer than " + MAX_ID + " characters: " + Quoted.of(id));
        }
        if (envelope.id() == null) {
            if (envelope.problem() == null && !isRefused("event_id")) {
                refuse(MISSING + "event_id", "event_id", "is missing, and the envelope has no id");
            }
            return "";
        }
        return envelope.id();
    }

    private String joined() {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < identityValues.length; i++) {
            String value = String.valueOf(identityValues[i]);
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
        if (eventNanos != EventTimes.NONE) {
            return eventNanos;
        }
        long nanos = envelope.time() == null ? EventTimes.NONE : EventTimes.parse(envelope.time());
        if (nanos == EventTimes.NONE && !eventTimeGiven && envelope.problem() == null) {
            if (envelope.time() == null) {
                refuse(MISSING + "event_time", "event_time", "is missing, and the envelope has no time");
            } else {
                refuse(INVALID + "time", "time", "of the envelope must be ISO-8601, not " + Quoted.of(envelope.time()));
            }
        }
        return nanos;
    }

    private @Nullable EventKind kind(@Nullable String detailType) {
        EventKind kind = detailType == null ? null : detailTypes.get(detailType);
        if (kind == null && envelope.problem() == null) {
            if (detailType == null) {
                refuse(MISSING + "detail-type", "detail-type", "is missing in the envelope");
            } else {
                refuse(
                        RejectionReasons.UNKNOWN_DETAIL_TYPE,
                        "detail-type",
                        "isn't one that the pipeline is configured for: " + Quoted.of(detailType));
            }
        }
        return kind;
    }

    private void checkFields(EventKind kind) {
        need("exchange", exchange);
        need("symbol", symbol);
        switch (kind) {
            case TRADE -> {
                // A cancel names what it cancels and may say no more.
                if (refEventId == null) {
                    need("price", price);
                    need("volume", volume);
                }
            }
            case PRICE -> need("price", price);
            case QUOTE -> checkQuote();
        }
        checkPrice("price", price);
        checkPrice("bid_price", bidPrice);
        checkPrice("ask_price", askPrice);
        checkSize("volume", volume);
        checkSize("bid_size", bidSize);
        checkSize("ask_size", askSize);
    }

    private void checkQuote() {
        if (bidSize != null) {
            need("bid_price", bidPrice);
        }
        if (askSize != null) {
            need("ask_price", askPrice);
        }
        if (bidPrice == null && askPrice == null && rejections == null) {
            refuse(Rejection.of(RejectionReasons.MISSING_QUOTE_SIDE, "a quote needs bid_price, ask_price or both"));
        }
    }

    private void checkPrice(String name, @Nullable BigDecimal value) {
        if (value != null && value.signum() < 0 && symbol != null && !negativePrices.test(symbol)) {
            refuse(
                    RejectionReasons.NEGATIVE_PRICE,
                    name,
                    "is below zero: " + value + "; the settings don't allow that for " + Quoted.of(symbol));
        }
    }

    private void checkSize(String name, @Nullable BigDecimal value) {
        if (value != null && value.signum() < 0) {
            refuse(INVALID + name, name, "must not be below zero, but is " + value);
        }
    }

    private void need(String name, @Nullable Object value) {
        if (value == null && !isRefused(name)) {
            refuse(MISSING + name, name, "is missing");
        }
    }

    private boolean isRefused(String name) {
        return rejections != null
                && rejections.stream()
                        .anyMatch(r -> name.equals(r.field()) || RejectionReasons.MALFORMED.equals(r.reason()));
    }

    private void refuse(String reason, String field, String problem) {
        refuse(Rejection.ofField(reason, field, problem));
    }

    private void refuse(Rejection rejection) {
        if (rejections == null) {
            rejections = new ArrayList<>(4);
        }
        // A field may be read twice, as part of the identity and for itself.
        if (!rejections.contains(rejection)) {
            rejections.add(rejection);
        }
    }
}
