package io.marketpipeline.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
            PlainObject object = PlainObject.flat(raw);
            if (object != null) {
                plain++;
                isAsParsed(raw, new Tokens.OfPlain(object));
            }
        }
        assertThat(plain).isGreaterThan(10_000);
    }

    private static String field(SplittableRandom random) {
        String name = PIECES.get(10 + random.nextInt(4));
        return (name.startsWith("\"") ? name : "\"n\"") + ":" + PIECES.get(random.nextInt(PIECES.size()));
    }

    private static void isAsParsed(RawData raw, Tokens tokens) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(raw.text())) {
            assertThat(tokens.nextToken()).isEqualTo(parser.nextToken());
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                assertThat(tokens.nextToken()).as(raw.text()).isEqualTo(JsonToken.FIELD_NAME);
                assertThat(tokens.currentName()).isEqualTo(parser.currentName());
                JsonToken value = parser.nextToken();
                tokens.nextToken();
                if (value.isBoolean()) {
                    assertThat(tokens.currentToken().isBoolean()).isTrue();
                    continue;
                }
                assertThat(tokens.currentToken()).as(raw.text()).isEqualTo(value);
                assertThat(tokens.getText()).isEqualTo(parser.getText());
                assertThat(tokens.isEmpty()).isEqualTo(parser.getTextLength() == 0);
                if (value != JsonToken.VALUE_NULL) {
                    char[] text = parser.getText().toCharArray();
                    assertThat(tokens.decimal()).as(raw.text()).isEqualTo(Decimals.parse(text, 0, text.length));
                }
            }
            assertThat(tokens.nextToken()).isEqualTo(JsonToken.END_OBJECT);
            assertThat(parser.nextToken()).as(raw.text()).isNull();
        }
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
                "{\"a\":1234567890123456789}"
            })
    void whatIsNotPlainIsLeftToTheParser(String json) {
        assertThat(PlainObject.flat(RawData.of(json))).isNull();
    }

    @Test
    void objectWithManyFieldsIsReadUpToALimit() {
        assertThat(PlainObject.flat(RawData.of(fields(32)))).satisfies(object -> {
            assertThat(object.count()).isEqualTo(32);
            assertThat(object.name(31)).isEqualTo("f31");
            assertThat(object.text(31)).isEqualTo("31");
        });
        assertThat(PlainObject.flat(RawData.of(fields(33)))).isNull();
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
