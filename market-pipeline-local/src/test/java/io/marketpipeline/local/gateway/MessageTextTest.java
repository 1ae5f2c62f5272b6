package io.marketpipeline.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageTextTest {
    @Test
    void whatSqsRefusesIsAQuestionMark() {
        assertThat(MessageText.permitted("\u001b[31mred\u0000 \uFFFE \uD800 a")).isEqualTo("?[31mred? ? ? a");
    }

    @Test
    void whatSqsTakesIsLeftAlone() {
        String text = "a\tb\r\nc é \uD7FF \uE000 \uFFFD \uD83D\uDE00";

        assertThat(MessageText.permitted(text)).isEqualTo(text);
    }
}
