package io.marketpipeline.event;

import static io.marketpipeline.event.DetailFields.MAX_CONDITIONS;
import static io.marketpipeline.event.DetailFields.MAX_ID;
import static io.marketpipeline.event.DetailFields.MAX_NAME;
import static io.marketpipeline.event.RejectionReasons.INVALID;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads any {@code detail} by a parser for all of JSON, and says what is wrong with it. Used once. */
final class ParsedDetail {
    private final String[] identityFields;
    private final DetailFields fields;
    private final SeenNames seen = new SeenNames();

    private ParsedDetail(String[] identityFields, DetailFields fields) {
        this.identityFields = identityFields;
        this.fields = fields;
    }

    /** Reads into {@code fields}. */
    static void read(RawData detail, String[] identityFields, DetailFields fields) {
        new ParsedDetail(identityFields, fields).read(detail);
    }

    private void read(RawData detail) {
        try (JsonParser parser = Json.detail(detail)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return; // the envelope's defect says so
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                field(parser, name);
            }
        } catch (JsonProcessingException e) {
            malformed(e.getOriginalMessage());
        } catch (IOException | IllegalStateException e) {
            malformed(String.valueOf(e.getMessage()));
        }
    }

    private void malformed(String problem) {
        fields.refuse(RejectionReasons.MALFORMED, "detail", "can't be read: " + Quoted.sentence(problem));
    }

    private void field(JsonParser parser, String name) throws IOException {
        if (!seen.add(name)) {
            fields.refuse(
                    RejectionReasons.DUPLICATE_FIELD,
                    Texts.fault(name, MAX_NAME) == null ? name : "detail",
                    "is there twice in detail");
            parser.skipChildren();
            return;
        }
        for (int i = 0; i < identityFields.length; i++) {
            if (identityFields[i].equals(name)) {
                fields.identity[i] = text(parser, name, MAX_ID, true);
            }
        }
        switch (name) {
            case "event_time" -> eventTime(parser, name);
            case "publish_time" -> publishTime(parser, name);
            case "exchange" -> fields.exchange = text(parser, name, MAX_NAME, false);
            case "symbol" -> fields.symbol = text(parser, name, MAX_NAME, false);
            case "price" -> fields.price = decimal(parser, name);
            case "volume" -> fields.volume = decimal(parser, name);
            case "bid_price" -> fields.bidPrice = decimal(parser, name);
            case "bid_size" -> fields.bidSize = decimal(parser, name);
            case "ask_price" -> fields.askPrice = decimal(parser, name);
            case "ask_size" -> fields.askSize = decimal(parser, name);
            case "sequence" -> sequence(parser, name);
            case "trade_id" -> fields.event.tradeId(text(parser, name, MAX_ID, true));
            case "ref_event_id" -> fields.refEventId = text(parser, name, MAX_ID, true);
            case "conditions" -> fields.event.conditions(conditions(parser, name));
            case "side" -> fields.event.side(text(parser, name, MAX_NAME, false));
            case "currency" -> fields.event.currency(text(parser, name, MAX_NAME, false));
            case "tape" -> fields.event.tape(text(parser, name, MAX_NAME, true));
            default -> parser.skipChildren();
        }
    }

    /** A text, or a number's text where those are legal, too; null where there is none or a wrong one. */
    private @Nullable String text(JsonParser parser, String name, int maxChars, boolean numbersToo) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        boolean legal = token == JsonToken.VALUE_STRING || (numbersToo && token == JsonToken.VALUE_NUMBER_INT);
        if (!legal) {
            parser.skipChildren();
            fields.refuse(INVALID + name, name, numbersToo ? "must be a text or a whole number" : "must be a text");
            return null;
        }
        String value = parser.getText();
        String fault = Texts.fault(value, maxChars);
        if (fault != null) {
            fields.refuse(INVALID + name, name, fault + ": " + Quoted.of(value));
            return null;
        }
        return value.isBlank() ? null : value;
    }

    private @Nullable BigDecimal decimal(JsonParser parser, String name) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
            parser.skipChildren();
            fields.refuse(INVALID + name, name, "must be a number");
            return null;
        }
        if (parser.getTextLength() == 0) {
            return null;
        }
        BigDecimal value = Decimals.parse(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        if (value == null) {
            fields.refuse(
                    INVALID + name,
                    name,
                    "must be a decimal number of at most 38 digits from 1E-130 to 9.9E+125, not "
                            + Quoted.of(parser.getText()));
        }
        return value;
    }

    private void sequence(JsonParser parser, String name) throws IOException {
        BigDecimal value = decimal(parser, name);
        if (value == null) {
            return;
        }
        try {
            fields.event.sequence(value.longValueExact());
        } catch (ArithmeticException e) {
            fields.refuse(
                    INVALID + name, name, "must be a whole number of 64 bits, not " + Quoted.of(parser.getText()));
        }
    }

    private @Nullable String conditions(JsonParser parser, String name) throws IOException {
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
            fields.refuse(INVALID + name, name, "is longer than " + MAX_CONDITIONS + " characters");
        }
        return joined.isEmpty() ? null : joined.toString();
    }

    private void eventTime(JsonParser parser, String name) throws IOException {
        fields.eventTimeGiven = parser.currentToken() != JsonToken.VALUE_NULL;
        fields.eventNanos = nanos(parser, name);
    }

    private void publishTime(JsonParser parser, String name) throws IOException {
        long nanos = nanos(parser, name);
        if (nanos != EventTimes.NONE) {
            fields.event.publishTimeMillis(nanos / 1_000_000);
        }
    }

    private long nanos(JsonParser parser, String name) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return EventTimes.NONE;
        }
        if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
            parser.skipChildren();
            fields.refuse(INVALID + name, name, "must be an ISO-8601 text or an epoch number");
            return EventTimes.NONE;
        }
        String value = parser.getText();
        long nanos = EventTimes.parse(value);
        if (nanos == EventTimes.NONE) {
            fields.refuse(
                    INVALID + name,
                    name,
                    "must be ISO-8601 with an offset, 1970 to 2261,"
                            + " or an epoch number of seconds to nanoseconds, 1973-03-03 to 2261, not "
                            + Quoted.of(value));
        }
        return nanos;
    }
}
