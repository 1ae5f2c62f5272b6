package io.marketpipeline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalOptionsTest {
    @Test
    void optionsWhenAllGivenAreRead() {
        LocalOptions options = LocalOptions.parse(
                "--port",
                "0",
                "--region",
                "eu-central-1",
                "--account",
                "123456789012",
                "--delay-factor",
                "0.01",
                "--concurrency",
                "3",
                "--stack-step",
                "250",
                "--stack-hold",
                "hold",
                "--class-data",
                "archives");

        assertThat(options)
                .isEqualTo(new LocalOptions(
                        0, "eu-central-1", "123456789012", 0.01, 3, 250, Path.of("hold"), Path.of("archives")));
    }

    @Test
    void optionsWhenNoneGivenAreTheDefaults() {
        assertThat(LocalOptions.parse()).isEqualTo(LocalOptions.defaults());
        assertThat(LocalOptions.defaults().port()).isEqualTo(4700);
    }

    @ParameterizedTest
    @CsvSource({
        "--port, 99999, 0 to 65535",
        "--port, x, no number",
        "--region, Frankfurt, us-east-1",
        "--account, 12, 12 digits",
        "--delay-factor, -1, 0 to 1000",
        "--concurrency, 0, 1 to 1000",
        "--stack-step, -1, 0 to 60000",
        "--prot, 1, Options: --port",
    })
    void optionWhenWrongIsNamedWithItsValue(String name, String value, String expected) {
        assertThatThrownBy(() -> LocalOptions.parse(name, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(expected);
    }
}
