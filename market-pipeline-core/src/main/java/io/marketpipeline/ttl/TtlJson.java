package io.marketpipeline.ttl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Reads a time-to-live policy from JSON. */
final class TtlJson {
    private static final String EXAMPLE = "{\"days\":30,\"rules\":[{\"detailType\":\"Market Quote\",\"days\":7}]}";

    private TtlJson() {}

    static TtlPolicy parse(String json) {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            TtlPolicy policy = policy(parser);
            if (parser.nextToken() != null) {
                throw wrong("there is text behind the object");
            }
            return policy;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage() + "; write it like " + EXAMPLE, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TtlPolicy policy(JsonParser parser) throws IOException {
        expect(parser, JsonToken.START_OBJECT, "it must be an object");
        TtlRules.Builder rules = TtlPolicy.rules();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "days" -> rules.otherwise(time(parser));
                case "rules" -> {
                    expect(parser, JsonToken.START_ARRAY, "'rules' must be an array");
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        rule(parser, rules);
                    }
                }
                default -> throw wrong("unknown name '" + name + "'");
            }
        }
        return rules.build();
    }

    private static void rule(JsonParser parser, TtlRules.Builder rules) throws IOException {
        expect(parser, JsonToken.START_OBJECT, "a rule must be an object");
        String detailType = null;
        String exchange = null;
        TtlPolicy policy = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "detailType" -> detailType = text(parser, name);
                case "exchange" -> exchange = text(parser, name);
                case "days" -> policy = time(parser);
                default -> throw wrong("unknown name '" + name + "' in a rule");
            }
        }
        if (policy == null) {
            throw wrong("a rule without 'days'");
        }
        if (detailType == null && exchange == null) {
            throw wrong("a rule that names neither 'detailType' nor 'exchange'");
        }
        rules.rule(detailType, exchange, policy);
    }

    private static TtlPolicy time(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING && "never".equals(parser.getText())) {
            return TtlPolicy.never();
        }
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                || parser.getNumberType() != JsonParser.NumberType.INT
                || parser.getIntValue() < 1) {
            throw wrong("'days' must be a whole number from 1, or \"never\", not " + parser.getText());
        }
        return TtlPolicy.days(parser.getIntValue());
    }

    private static String text(JsonParser parser, String name) throws IOException {
        expect(parser, JsonToken.VALUE_STRING, "'" + name + "' must be a text");
        return parser.getText();
    }

    private static void expect(JsonParser parser, JsonToken token, String problem) {
        @Nullable JsonToken current = parser.currentToken();
        if (current != token) {
            throw wrong(problem);
        }
    }

    private static IllegalArgumentException wrong(String problem) {
        return new IllegalArgumentException(problem + "; write it like " + EXAMPLE);
    }
}
