package io.marketpipeline.maven.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final List<String> lines = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final ByteArrayOutputStream raw = new ByteArrayOutputStream();

    @Test
    void lineWhenTextHasSeveralWritesEach() {
        console(false, false).line("one\ntwo");

        assertThat(lines).containsExactly("one", "two");
    }

    @Test
    void statusWithoutTerminalWritesNothing() {
        console(false, true).status("working");

        assertThat(raw.size()).isZero();
    }

    @Test
    void lineAfterStatusClearsIt() {
        Console console = console(true, false);
        console.status("working");
        console.line("done");

        assertThat(raw.toString(StandardCharsets.UTF_8)).isEqualTo("\r\u001b[2Kworking\r\u001b[2K");
        assertThat(lines).containsExactly("done");
    }

    @Test
    void resultGoesAroundTheLog() {
        console(false, false).result("{}");

        assertThat(raw.toString(StandardCharsets.UTF_8)).isEqualTo("{}" + System.lineSeparator());
        assertThat(lines).isEmpty();
    }

    @Test
    void lineWhenForeignTextCommandsTheTerminalShowsTheCommand() {
        console(true, true).line("symbol A\u001b[2K\u001b[1A\u2028[INFO] forged\u202E\u0000 \u001b[31mred");

        assertThat(lines)
                .containsExactly("symbol A\\u001b[2K\\u001b[1A\\u2028[INFO] forged\\u202e\\u0000 \u001b[31mred");
    }

    @Test
    void statusWhenForeignTextCommandsTheTerminalShowsTheCommand() {
        console(true, true).status("A\u001b[8m\u0085");

        assertThat(raw.toString(StandardCharsets.UTF_8)).endsWith("A\\u001b[8m\\u0085");
    }

    @Test
    void lineWhenForeignTextIsConcealedShowsIt() {
        console(true, true).line("A\u001b[8mhidden\u001b[40m\u001b[30m");

        assertThat(lines).containsExactly("A\\u001b[8mhidden\\u001b[40m\\u001b[30m");
    }

    @Test
    void lineWithoutColoursHasNone() {
        console(false, false).warn("\u001b[31mred");

        assertThat(warnings).containsExactly("\\u001b[31mred");
    }

    @Test
    void warnGoesToTheWarnings() {
        console(false, false).warn("careful");

        assertThat(warnings).containsExactly("careful");
    }

    @Test
    void markIsColourOnTerminalsOnly() {
        assertThat(console(true, true).mark(Mark.BAD, "x")).isEqualTo("\u001b[31mx\u001b[0m");
        assertThat(console(false, true).mark(Mark.BAD, "x")).isEqualTo("x");
    }

    private Console console(boolean terminal, boolean colour) {
        return Console.of(
                lines::add, warnings::add, new PrintStream(raw, true, StandardCharsets.UTF_8), terminal, colour);
    }
}
