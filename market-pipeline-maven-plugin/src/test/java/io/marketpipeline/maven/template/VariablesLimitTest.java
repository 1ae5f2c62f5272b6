package io.marketpipeline.maven.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.PipelineConfig;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VariablesLimitTest {
    @Test
    void variablesWhenShortHaveNoProblem() {
        assertThat(VariablesLimit.problems(Configurations.prod())).isEmpty();
    }

    @Test
    void variablesWhenTooLongNameTheElementThatTakesMost() {
        String symbols = IntStream.range(0, 900).mapToObj(i -> "S" + i).collect(Collectors.joining(","));
        PipelineConfig config = Configurations.read(
                "dev",
                Configurations.handlerOnly().value("negativePrices", symbols).build());

        assertThat(VariablesLimit.problems(config))
                .singleElement()
                .asString()
                .matches("<negativePrices> takes 4389 of the \\d{4} characters of the function's environment variables,"
                        + " Lambda takes 4096 for all of them: .*");
    }
}
