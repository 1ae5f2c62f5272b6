package io.marketpipeline.local.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.local.gateway.AwsError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterPatternTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            textBlock =
                    """
                    ERROR               ~ an ERROR here                 ~ true
                    ERROR               ~ an error here                 ~ false
                    ERROR disk          ~ disk ERROR                    ~ true
                    ERROR disk          ~ ERROR                         ~ false
                    "disk full"         ~ the disk full                 ~ true
                    "disk full"         ~ disk is full                  ~ false
                    ?ERROR ?WARN        ~ a WARN                        ~ true
                    ?ERROR ?WARN        ~ an INFO                       ~ false
                    ERROR -disk         ~ ERROR net                     ~ true
                    ERROR -disk         ~ ERROR disk                    ~ false
                    %ERR.R%             ~ ERROR                         ~ true
                    { $.level = "ERROR" }                      ~ {"level":"ERROR"}          ~ true
                    { $.level = "ERROR" }                      ~ {"level":"INFO"}           ~ false
                    { $.level = "ERROR" }                      ~ ERROR                      ~ false
                    { $.level = ERR* }                         ~ {"level":"ERROR"}          ~ true
                    { $.level != "INFO" }                      ~ {"level":"ERROR"}          ~ true
                    { $.a.b[1] > 2 }                           ~ {"a":{"b":[1,3]}}          ~ true
                    { $.n >= 2 && $.level = "INFO" }           ~ {"n":2,"level":"INFO"}     ~ true
                    { $.n < 2 || ($.level = "INFO") }          ~ {"n":2,"level":"INFO"}     ~ true
                    { $.ok IS TRUE }                           ~ {"ok":true}                ~ true
                    { $.ok NOT EXISTS }                        ~ {"n":1}                    ~ true
                    { $.n = 1.0 }                              ~ {"n":1}                    ~ true
                    """)
    void patternMatches(String pattern, String message, boolean expected) {
        assertThat(FilterPattern.of(pattern).test(message)).isEqualTo(expected);
    }

    @Test
    void patternWhenEmptyMatchesAll() {
        assertThat(FilterPattern.of(" ").test("anything")).isTrue();
    }

    @Test
    void patternWhenNotClosedIsRefused() {
        assertThatThrownBy(() -> FilterPattern.of("{ $.level = "))
                .isInstanceOf(AwsError.class)
                .hasMessage("Invalid filter pattern");
    }
}
