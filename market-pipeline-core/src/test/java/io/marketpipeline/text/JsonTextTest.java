package io.marketpipeline.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    @Test
    void nestedValuesHaveTheirCommas() {
        JsonText json = JsonText.unicode()
                .begin()
                .field("a", 1)
                .field("none", (String) null)
                .name("list")
                .beginArray()
                .value("x,")
                .value(2)
                .begin()
                .end()
                .beginArray()
                .endArray()
                .endArray()
                .field("price", new BigDecimal("13.9400"))
                .name("object")
                .begin()
                .field("b", "{[:")
                .field("c", 3)
                .end()
                .end();

        assertThat(json)
                .hasToString(
                        "{\"a\":1,\"list\":[\"x,\",2,{},[]],\"price\":13.9400,\"object\":{\"b\":\"{[:\",\"c\":3}}");
    }

    @Test
    void textIsEscapedAsTheLibraryDoes() throws IOException {
        JsonFactory unicode = new JsonFactory();
        JsonFactory ascii =
                JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int chars = random.nextInt(8); chars > 0; chars--) {
                text.append((char) random.nextInt(random.nextBoolean() ? 0x100 : 0x10000));
            }
            String foreign = text.toString();
            assertThat(JsonText.unicode().value(foreign)).hasToString(written(unicode, Surrogates.whole(foreign)));
            assertThat(JsonText.ascii().value(foreign))
                    .hasToString(written(ascii, foreign).replace("\u007F", "\\u007F"));
        }
    }

    private static String written(JsonFactory factory, String text) throws IOException {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = factory.createGenerator(out)) {
            json.writeString(text);
        }
        return out.toString();
    }
}
