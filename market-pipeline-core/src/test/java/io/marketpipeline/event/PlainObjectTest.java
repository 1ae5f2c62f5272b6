package io.marketpipeline.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick way must say what the parser says, or leave it to the parser. */
class PlainObjectTest {
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            " ",
            "\n",
            "\"",
            "\\",
            "\"a\"",
            "\"price\"",
            "\"event_id\"",
            "\"\"",
            "\"12.50\"",
            "1",
            "0",
            "-",
            "-0",
            "01",
            "1.5",
            "1.",
            ".5",
            "1e5",
            "123456789012345678",
            "1234567890123456789",
            "-0.00",
            "true",
            "false",
            "null",
            "nul",
            "\u00e4",
            "\u0001",
            "\u007f",
            "\"x\":1",
            "{\"a\":1,\"b\":\"c\"}",
            "NaN",
            "+1");

    @Test
    void whatIsPlainIsReadAsTheParserReadsIt() throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        int plain = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder json = new StringBuilder("{");
            for (int pieces = random.nextInt(9); pieces > 0; pieces--) {
                boolean likely = random.nextInt(3) > 0;
                json.append(likely ? field(random) : PIECES.get(random.nextInt(PIECES.size())));
                json.append(pieces > 1 && likely ? "," : "");
            }
            RawData raw = RawData.of(json.append('}').toString());
            PlainObject object = PlainObject.detail(raw);
            if (object != null) {
                plain++;
                isAsParsed(raw, object);
            }
        }
        assertThat(plain).isGreaterThan(10_000);
    }

    private static String field(SplittableRandom random) {
        String name = PIECES.get(10 + random.nextInt(4));
        return (name.startsWith("\"") ? name : "\"n\"") + ":" + PIECES.get(random.nextInt(PIECES.size()));
    }

    private static void isAsParsed(RawData raw, PlainObject object) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(raw.text())) {
            Set<String> names = new HashSet<>();
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                assertThat(names.add(parser.currentName())).as(raw.text()).isTrue();
                long value = object.value(parser.currentName());
                JsonToken token = parser.nextToken();
                assertThat(PlainObject.kind(value)).as(raw.text()).isEqualTo(kind(token));
                assertThat(object.text(value)).isEqualTo(parser.getText());
                assertThat(object.sharedText(value)).isEqualTo(parser.getText());
                assertThat(object.characters(value)).hasToString(parser.getText());
            }
            assertThat(parser.currentToken()).isEqualTo(JsonToken.END_OBJECT);
            assertThat(parser.nextToken()).as(raw.text()).isNull();
        }
    }

    private static int kind(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> PlainObject.TEXT;
            case VALUE_NUMBER_INT -> PlainObject.INTEGER;
            case VALUE_NUMBER_FLOAT -> PlainObject.DECIMAL;
            case VALUE_NULL -> PlainObject.NULL;
            default -> PlainObject.OTHER;
        };
    }

    /** Names and values that a detail may have, right ones and wrong ones. */
    private static final List<String> NAMES = List.of(
            "event_id",
            "event_time",
            "publish_time",
            "exchange",
            "symbol",
            "price",
            "volume",
            "bid_price",
            "bid_size",
            "ask_price",
            "ask_size",
            "sequence",
            "trade_id",
            "ref_event_id",
            "conditions",
            "side",
            "currency",
            "tape",
            "note",
            "desk");

    private static final List<String> VALUES = List.of(
            "\"XNAS\"",
            "\"2013-10-07T13:30:00.019Z\"",
            "\"2013-10-07T13:30:00.019123456+02:00\"",
            "\"2013-13-07T13:30:00Z\"",
            "1381152600019",
            "13.9100",
            "-13.91",
            "2000",
            "0",
            "-0",
            "-1",
            "0.00",
            "\"13.94\"",
            "\"1e3\"",
            "\"\"",
            "\" \"",
            "null",
            "true",
            "999999999999999999",
            "\"" + "x".repeat(130) + "\"",
            "\"" + "x".repeat(520) + "\"",
            "\"\u00e4\"",
            "\"\\u0041\"",
            "1E5",
            "1.5",
            "[\"a\",\"b\"]",
            "\"NaN\"");

    @Test
    void detailReadTheQuickWayIsTheParsersDetail() {
        SplittableRandom random = new SplittableRandom(7);
        int valid = 0;
        for (int i = 0; i < 40_000; i++) {
            RawData detail = RawData.of(detail(random));
            Envelope envelope = new Envelope(
                    "id",
                    random.nextInt(50) == 0 ? null : "market.data",
                    random.nextBoolean() ? "Trade Execution" : "Market Quote",
                    random.nextInt(9) == 0 ? null : "2013-10-07T13:30:00Z",
                    "1",
                    detail,
                    detail,
                    null,
                    false);
            String[] identity =
                    random.nextInt(4) == 0 ? new String[] {"detail_type", "symbol", "note"} : new String[] {"event_id"};

            DecodedEvent quick = reader(envelope, identity).read();

            assertThat(quick)
                    .as(detail.text())
                    .isEqualTo(reader(envelope, identity).readParsed());
            valid += quick instanceof DecodedEvent.Valid ? 1 : 0;
        }
        assertThat(valid).isBetween(4_000, 36_000);
    }

    private static DetailReader reader(Envelope envelope, String[] identity) {
        return new DetailReader(envelope, EventKind.knownDetailTypes(), identity, symbol -> symbol.length() % 2 == 0);
    }

    private static String detail(SplittableRandom random) {
        List<String> fields = new ArrayList<>(List.of(
                "\"event_id\":\"e\"",
                "\"exchange\":\"XNAS\"",
                "\"symbol\":\"BAC\"",
                "\"price\":1.5",
                "\"volume\" : 100",
                "\"bid_price\":1.25"));
        for (int changes = random.nextInt(5); changes > 0; changes--) {
            String field =
                    "\"" + NAMES.get(random.nextInt(NAMES.size())) + "\":" + VALUES.get(random.nextInt(VALUES.size()));
            if (random.nextInt(3) == 0) {
                fields.add(field);
            } else {
                fields.set(random.nextInt(fields.size()), field);
            }
        }
        return "{" + String.join(random.nextBoolean() ? "," : ", ", fields) + "}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"a\":1}x",
                "{\"a\":[1]}",
                "{\"a\":{}}",
                "{\"a\":1e3}",
                "{\"a\":01}",
                "{\"a\":1.}",
                "{\"a\":-}",
                "{\"a\":\"\\n\"}",
                "{\"a\":\"\u00e4\"}",
                "{\"a\":\"\u007f\"}",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{a:1}",
                "{\"a\":truex}",
                "{\"a\":1,\"a\":1}",
                "{\"price\":1,\"price\":1}",
                "{\"a\":1234567890123456789}"
            })
    void whatIsNotPlainIsLeftToTheParser(String json) {
        assertThat(PlainObject.detail(RawData.of(json))).isNull();
    }

    @Test
    void objectWithManyFieldsIsReadUpToALimit() {
        assertThat(PlainObject.detail(RawData.of(fields(16)))).satisfies(object -> {
            assertThat(object.text(object.value("f15"))).isEqualTo("15");
            assertThat(object.value("f16")).isEqualTo(PlainObject.ABSENT);
        });
        assertThat(PlainObject.detail(RawData.of(fields(17)))).isNull();
    }

    private static String fields(int count) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            json.append(i == 0 ? "" : ", ")
                    .append("\"f")
                    .append(i)
                    .append("\" : ")
                    .append(i);
        }
        return json.append("}").toString();
    }

    @Test
    void envelopeReadTheQuickWayIsTheParsersEnvelope() {
        String plain =
                "{\"version\":\"0\",\"id\":\"i\",\"detail-type\":\"Trade Execution\",\"source\":\"s\",\"account\":\"1\","
                        + "\"time\":\"2013-10-07T13:30:00Z\",\"resources\":[\"a\", \"b\"],\"detail\": {\"price\": 1.50} }";
        byte[] quick = plain.getBytes(StandardCharsets.UTF_8);
        byte[] parsed =
                plain.replace("\"version\":\"0\"", "\"version\":\"\\u0030\"").getBytes(StandardCharsets.UTF_8);

        Envelope one = EnvelopeDecoder.decode(quick).envelopes().get(0);
        Envelope other = EnvelopeDecoder.decode(parsed).envelopes().get(0);

        assertThat(PlainEnvelope.read(RawData.of(plain))).isNotNull();
        assertThat(one.raw().text()).isEqualTo(plain);
        assertThat(one)
                .usingRecursiveComparison()
                .ignoringFields("raw", "detail")
                .isEqualTo(other);
        assertThat(one.detail()).isEqualTo(other.detail());
        assertThat(new BigDecimal("1.50")).isEqualTo(price(one)).isEqualTo(price(other));
    }

    private static BigDecimal price(Envelope envelope) {
        String withRest = envelope.detail().text().replace("}", ",\"volume\":1,\"exchange\":\"X\",\"symbol\":\"Y\"}");
        Envelope whole = new Envelope(
                envelope.id(),
                envelope.source(),
                envelope.detailType(),
                envelope.time(),
                envelope.account(),
                RawData.of(withRest),
                envelope.raw(),
                null,
                false);
        return ((DecodedEvent.Valid) EventDecoder.ofDefaults().decode(whole))
                .event()
                .price();
    }
}
