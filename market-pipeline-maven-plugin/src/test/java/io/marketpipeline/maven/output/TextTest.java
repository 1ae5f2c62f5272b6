package io.marketpipeline.maven.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void tableColumnsAreAsWideAsTheirWidestCell() {
        assertThat(Table.headed("Key", "Value")
                        .row("Bus", "b")
                        .row("LongerKey", "")
                        .lines())
                .containsExactly("Key        Value", "Bus        b", "LongerKey");
    }

    @Test
    void tableCellWithLineEndsStaysOneRow() {
        assertThat(Table.headed("Reason")
                        .row("a\n[INFO] BUILD SUCCESS\r\u0085b\u001b[1A")
                        .lines())
                .containsExactly("Reason", "a\\u000a[INFO] BUILD SUCCESS\\u000d\\u0085b\\u001b[1A");
    }

    @Test
    void elapsedHasAFractionOnlyWhereItMatters() {
        assertThat(Elapsed.words(Duration.ofMillis(440))).isEqualTo("0.4 s");
        assertThat(Elapsed.words(Duration.ofSeconds(12))).isEqualTo("12 s");
        assertThat(Elapsed.words(Duration.ofSeconds(125))).isEqualTo("2 min 05 s");
    }

    @Test
    void pathIsShownFromTheWorkingDirectory() {
        Path here = Path.of("").toAbsolutePath();

        assertThat(ShownPath.of(here.resolve("target/a.json")))
                .isEqualTo(Path.of("target/a.json").toString());
        assertThat(ShownPath.of(here.resolveSibling("other/a.json")))
                .isEqualTo(here.resolveSibling("other/a.json").toString());
    }

    @Test
    void jsonStringsAreEscaped() {
        assertThat(Json.string("a\"\\\n\u0001")).isEqualTo("\"a\\\"\\\\\\n\\u0001\"");
        assertThat(Json.string("\u2028\u009b[2J\u202e\u007f")).isEqualTo("\"\\u2028\\u009b[2J\\u202e\\u007f\"");
        assertThat(Json.object(Map.of())).isEqualTo("{\n\n}");
    }
}
