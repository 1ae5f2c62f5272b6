package io.marketpipeline.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.output.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfirmationTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @Test
    void environmentsNameConfirms() {
        assertThatCode(() -> asked(Optional.of(" dev ")).require(Configurations.minimal(), false))
                .doesNotThrowAnyException();
        assertThat(shown.toString(StandardCharsets.UTF_8))
                .isEqualTo("This deletes stack market-pipeline-dev; its tables stay. Type the environment's name (dev)"
                        + " to go on: ");
    }

    @Test
    void questionSaysWhenTheDataGoes() {
        asked(Optional.of("dev")).require(Configurations.minimal(), true);

        assertThat(shown.toString(StandardCharsets.UTF_8)).contains("WITH ITS TABLES AND ALL ROWS");
    }

    @Test
    void anotherAnswerTouchesNothing() {
        assertThatThrownBy(() -> asked(Optional.of("yes")).require(Configurations.minimal(), false))
                .isInstanceOf(UserFixableException.class)
                .hasMessage("Not confirmed: 'yes' is not 'dev'. Nothing was touched.");
    }

    @Test
    void endOfInputTouchesNothing() {
        assertThatThrownBy(() -> asked(Optional.empty()).require(Configurations.minimal(), false))
                .isInstanceOf(UserFixableException.class)
                .hasMessage("Not confirmed: '' is not 'dev'. Nothing was touched.");
    }

    @Test
    void whereNobodyCanAnswerForceIsNamed() {
        assertThatThrownBy(() ->
                        new Confirmation(console(), false, Optional::empty).require(Configurations.minimal(), false))
                .isInstanceOf(UserFixableException.class)
                .hasMessage("Stack market-pipeline-dev is deleted only on confirmation, and nobody can be asked here."
                        + " Add -Dforce to delete it without a question. Nothing was touched.");
    }

    private Confirmation asked(Optional<String> answer) {
        return new Confirmation(console(), true, () -> answer);
    }

    private Console console() {
        return Console.of(line -> {}, line -> {}, new PrintStream(shown, true, StandardCharsets.UTF_8), false, false);
    }
}
