package io.marketpipeline.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SurrogatesTest {
    private static final String PAIR = "\uD83D\uDE00";

    @Test
    void wholeTextStaysTheSameObject() {
        String text = "a" + PAIR + "\u00e4";

        assertThat(Surrogates.whole(text)).isSameAs(text);
    }

    @Test
    void halvesAreReplacedAndPairsKept() {
        assertThat(Surrogates.whole("\uDE00" + PAIR + "\uD83D" + PAIR + "\uDE00\uD83D"))
                .isEqualTo("\uFFFD" + PAIR + "\uFFFD" + PAIR + "\uFFFD\uFFFD");
    }

    @Test
    void wholeTextsComeBackFromUtf8AsTheyWere() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int chars = random.nextInt(6); chars > 0; chars--) {
                text.append((char) (random.nextBoolean() ? 'x' : 0xD800 + random.nextInt(0x800)));
            }
            String whole = Surrogates.whole(text.toString());

            assertThat(new String(whole.getBytes(UTF_8), UTF_8))
                    .isEqualTo(whole)
                    .hasSameSizeAs(text);
        }
    }

    @Test
    void cutDividesNoPair() {
        assertThat(Surrogates.cut("a" + PAIR + "b", 2)).isEqualTo("a");
        assertThat(Surrogates.cut("a" + PAIR + "b", 3)).isEqualTo("a" + PAIR);
        assertThat(Surrogates.cut("ab", 2)).isEqualTo("ab");
        assertThat(Surrogates.cut("ab", 0)).isEmpty();
    }
}
