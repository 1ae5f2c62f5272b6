package io.marketpipeline.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BytesTest {
    @Test
    void jsonOfAnyTextIsReadBackAsThatText() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                int point = random.nextInt(random.nextInt(4) == 0 ? 0x110000 : random.nextBoolean() ? 0x80 : 0x900);
                text.appendCodePoint(point >= 0xD800 && point < 0xE000 ? 'x' : point);
            }
            assertThat(readBack(text.toString())).isEqualTo(text.toString());
        }
    }

    @Test
    void jsonOfHalfASurrogatePairIsReplaced() throws IOException {
        assertThat(readBack("a\uD83Db")).isEqualTo("a\uFFFDb");
        assertThat(readBack("a\uDE00")).isEqualTo("a\uFFFD");
        assertThat(readBack("a\uD83D")).isEqualTo("a\uFFFD");
    }

    private static String readBack(String text) throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        new Bytes(1).json(text).writeTo(written);
        byte[] json = written.toByteArray();
        assertThat(new String(json, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8))
                .isEqualTo(json);
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            return parser.getText();
        }
    }
}
