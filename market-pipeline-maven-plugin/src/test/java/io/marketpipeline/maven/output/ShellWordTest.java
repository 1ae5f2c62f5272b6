package io.marketpipeline.maven.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "market-data-dev",
                "$(echo ran)",
                "`echo ran`",
                "; echo ran",
                "a b",
                "it's",
                "''",
                "\\",
                "$HOME",
                "*",
                "~",
                "#",
                "a\nb",
                "\u001b[2J",
                "-",
                "!x",
                "&",
                "\u00e4"
            })
    void wordOfACopiedCommandReachesTheProgramAsItIs(String text) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", "printf '%s|' " + ShellWord.of(text)).start();
        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(shell.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(printed).isEqualTo(Visible.of(text) + "|");
    }

    @Test
    void wordWithoutTextIsStillAWord() {
        assertThat(ShellWord.of("")).isEqualTo("''");
    }
}
