package io.marketpipeline.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;

class LogLinesTest {
    private final List<String> logged = new ArrayList<>();
    private final ByteArrayOutputStream own = new ByteArrayOutputStream();
    private boolean quiet;
    private boolean ending;

    private final LogLines lines = new LogLines(
            new SystemStreamLog() {
                @Override
                public void info(CharSequence line) {
                    logged.add("info " + line);
                }

                @Override
                public void warn(CharSequence line) {
                    logged.add("warn " + line);
                }

                @Override
                public boolean isInfoEnabled() {
                    return !quiet;
                }
            },
            new PrintStream(own, true, StandardCharsets.UTF_8),
            () -> ending);

    @Test
    void linesAreMavensWhileTheProcessRuns() {
        lines.info("a");
        lines.warn("b");

        assertThat(logged).containsExactly("info a", "warn b");
        assertThat(own.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    /** At Ctrl-C the way to go on was lost now and then in a NumberFormatException of the colours' library. */
    @Test
    void lastWordsGoPastMavensLog() {
        ending = true;
        lines.info("a");
        lines.warn("b");

        assertThat(logged).isEmpty();
        assertThat(own.toString(StandardCharsets.UTF_8).lines()).containsExactly("[INFO] a", "[WARNING] b");
    }

    @Test
    void lastWordsAreSilentWhereTheLogIs() {
        ending = true;
        quiet = true;
        lines.info("a");
        lines.warn("b");

        assertThat(own.toString(StandardCharsets.UTF_8).lines()).containsExactly("[WARNING] b");
    }

    @Test
    void processThatRunsIsNotEnding() {
        assertThat(LogLines.processIsEnding()).isFalse();
    }
}
