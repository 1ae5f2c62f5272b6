package io.marketpipeline.local.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.local.gateway.AwsError;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricMathTest {
    /** A Wednesday. */
    private static final long START = Instant.parse("2026-11-18T15:30:00Z").getEpochSecond();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
            1 + 2 * 3 ; 7
            (1 + 2) * 3 ; 9
            8 - 2 - 1 ; 5
            -m1 + 0.5 ; -3.5
            m1 / 2 >= 2 ; 1
            m1 < 4 || m1 != 4 ; 0
            1 AND 0 OR 1 ; 1
            FILL(none, 0) ; 0
            FILL(m1, 0) ; 4
            IF(m1 == 4, 10, 20) ; 10
            IF(m1 > 4, 10, 20) ; 20
            DAY(none) ; 3
            HOUR(none) * 60 + MINUTE(none) ; 930
            """)
    void valueWhenExpressionIsWholeIsCloudWatchs(String expression, double expected) {
        assertThat(evaluate(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
            none + 1
            IF(none, 1, 2)
            IF(m1 > 4, 10)
            m1 / 0
            """)
    void valueWhenDataAreMissingIsMissing(String expression) {
        assertThat(evaluate(expression)).isNaN();
    }

    @Test
    void expressionWhenWrongIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> MetricMath.of("m1 +"))
                .isInstanceOf(AwsError.class)
                .hasMessageContaining("at its end");
        assertThatThrownBy(() -> MetricMath.of("m1 $ 2"))
                .isInstanceOf(AwsError.class)
                .hasMessageContaining("'$ 2'");
        assertThatThrownBy(() -> MetricMath.of("(m1"))
                .isInstanceOf(AwsError.class)
                .hasMessageContaining("')' is missing");
        assertThatThrownBy(() -> MetricMath.of("ANOMALY_DETECTION_BAND(m1)"))
                .isInstanceOf(AwsError.class)
                .hasMessageContaining("Function ANOMALY_DETECTION_BAND with 1 arguments");
    }

    private static double evaluate(String expression) {
        return MetricMath.of(expression).at(new MetricMath.Period() {
            @Override
            public long start() {
                return START;
            }

            @Override
            public double value(String id) {
                return Map.of("m1", 4.0).getOrDefault(id, MetricMath.MISSING);
            }
        });
    }
}
