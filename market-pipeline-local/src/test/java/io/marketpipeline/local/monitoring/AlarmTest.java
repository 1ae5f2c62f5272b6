package io.marketpipeline.local.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.Json;
import io.marketpipeline.local.monitoring.Alarm.State;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlarmTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

    private final MetricStore store = new MetricStore();

    @ParameterizedTest
    @CsvSource({
        "missing, INSUFFICIENT_DATA",
        "notBreaching, OK",
        "breaching, ALARM",
        "ignore, ALARM",
    })
    void stateWhenNoDataFollowsTheTreatmentOfMissingData(String treatment, State expected) {
        Alarm alarm = alarm(definition().put("TreatMissingData", treatment)).in(State.ALARM, "before", NOW);

        assertThat(alarm.evaluate(store, NOW).orElse(alarm).state()).isEqualTo(expected);
    }

    @Test
    void stateWhenTwoOfThreePeriodsBreachIsAlarm() {
        put(5, 10);
        put(65, 0);
        put(125, 10);
        ObjectNode definition = definition().put("EvaluationPeriods", 3).put("DatapointsToAlarm", 2);

        assertThat(alarm(definition).evaluate(store, NOW).orElseThrow().state()).isEqualTo(State.ALARM);
    }

    @Test
    void stateWhenTheBreachIsOlderThanThePeriodsIsOk() {
        put(5, 0);
        put(65, 10);

        assertThat(alarm(definition()).evaluate(store, NOW).orElseThrow().state())
                .isEqualTo(State.OK);
    }

    @Test
    void stateWhenUnchangedIsNoNews() {
        put(5, 0);
        Alarm alarm = alarm(definition()).in(State.OK, "before", NOW);

        assertThat(alarm.evaluate(store, NOW)).isEmpty();
    }

    @Test
    void percentileWhenAskedComesFromTheValues() {
        for (int i = 1; i <= 100; i++) {
            put(5, i);
        }
        ObjectNode definition = definition().put("Threshold", 98.5).put("ExtendedStatistic", "p99");
        definition.remove("Statistic");

        assertThat(alarm(definition).evaluate(store, NOW).orElseThrow().state()).isEqualTo(State.ALARM);
    }

    @Test
    void definitionWhenWrongIsRefusedWithTheMember() {
        assertThatThrownBy(() -> alarm(definition().put("TreatMissingData", "hope")))
                .isInstanceOf(AwsError.class)
                .hasMessageContaining("TreatMissingData is 'hope'");
        assertThatThrownBy(() -> alarm(definition().put("EvaluationPeriods", 0)))
                .isInstanceOf(AwsError.class)
                .hasMessageContaining("EvaluationPeriods");
    }

    private void put(long secondsAgo, double value) {
        Metric metric = Metric.of("N", definition());
        store.put(metric, NOW.getEpochSecond() - secondsAgo, point -> point.add(value, 1));
    }

    private static Alarm alarm(ObjectNode definition) {
        return Alarm.of("arn", definition, NOW);
    }

    private static ObjectNode definition() {
        return Json.object()
                .put("AlarmName", "a")
                .put("Namespace", "N")
                .put("MetricName", "M")
                .put("Statistic", "Sum")
                .put("Period", 60)
                .put("EvaluationPeriods", 1)
                .put("Threshold", 5)
                .put("ComparisonOperator", "GreaterThanThreshold");
    }
}
