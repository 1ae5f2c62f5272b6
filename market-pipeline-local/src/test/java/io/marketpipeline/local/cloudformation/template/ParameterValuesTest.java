package io.marketpipeline.local.cloudformation.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ParameterValuesTest {
    private static final Template TEMPLATE = Template.parse(
            """
            Parameters:
              Bucket: {Type: String}
              Size: {Type: Number, Default: 5}
              Kind: {Type: String, Default: a, AllowedValues: [a, b]}
            Resources:
              One: {Type: 'AWS::SQS::Queue'}
            """);

    @Test
    void defaultsFillInWhatIsNotGiven() {
        assertThat(ParameterValues.of(TEMPLATE, Map.of("Bucket", "x")))
                .isEqualTo(Map.of("Bucket", "x", "Size", "5", "Kind", "a"));
    }

    @Test
    void wrongValuesAreRefusedByName() {
        assertThatThrownBy(() -> ParameterValues.of(TEMPLATE, Map.of()))
                .hasMessage("Parameters: [Bucket] must have values");
        assertThatThrownBy(() -> ParameterValues.of(TEMPLATE, Map.of("Bucket", "x", "Buckt", "y")))
                .hasMessage("Parameters: [Buckt] do not exist in the template");
        assertThatThrownBy(() -> ParameterValues.of(TEMPLATE, Map.of("Bucket", "x", "Size", "big")))
                .hasMessage("Parameter 'Size' must be a number");
        assertThatThrownBy(() -> ParameterValues.of(TEMPLATE, Map.of("Bucket", "x", "Kind", "c")))
                .hasMessage("Parameter 'Kind' must be one of AllowedValues");
    }
}
