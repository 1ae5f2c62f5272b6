package io.marketpipeline.local.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.Json;
import io.marketpipeline.local.gateway.Operation;
import io.marketpipeline.local.metering.MetricBuffer;
import io.marketpipeline.local.monitoring.Alarm.State;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
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

    /** Values went to the begin of their minute: those of its last seconds were past before an alarm saw them. */
    @Test
    void stateWhenTheBreachCameAtTheEndOfAMinuteIsAlarm() {
        Instant lastOfItsMinute = NOW.truncatedTo(ChronoUnit.MINUTES).minusMillis(100);
        Operation put = new MetricOperations(store, Clock.fixed(NOW, ZoneOffset.UTC))
                .operations()
                .get("PutMetricData");
        CallContext context = new CallContext("us-east-1", "000000000000", URI.create("http://127.0.0.1"), "id");
        MetricBuffer buffer = new MetricBuffer((service, operation, input) -> put.call(input, context));

        buffer.add("N", "M", "Count", Map.of(), 6, lastOfItsMinute.toEpochMilli());
        buffer.flush();

        assertThat(alarm(definition()).evaluate(store, NOW).orElseThrow().state())
                .isEqualTo(State.ALARM);
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
    void stoppedFlowInTradingHoursAlarmsWithoutAnyData() {
        assertThat(stoppedFlow("1").evaluate(store, NOW).orElseThrow().state()).isEqualTo(State.ALARM);
        assertThat(stoppedFlow("0").evaluate(store, NOW).orElseThrow().state()).isEqualTo(State.OK);

        put(5, 1);
        assertThat(stoppedFlow("1").evaluate(store, NOW).orElseThrow().state()).isEqualTo(State.OK);
    }

    @Test
    void expressionsWhenTheyReadNothingOrThemselvesAreRefused() {
        ObjectNode definition = stoppedFlow("1").definition().deepCopy();
        definition.withArrayProperty("Metrics").remove(0);
        assertThatThrownBy(() -> alarm(definition)).hasMessageContaining("'m1', which no query has as its Id");

        definition
                .withArrayProperty("Metrics")
                .addObject()
                .put("Id", "m1")
                .put("Expression", "flow")
                .put("ReturnData", false);
        assertThatThrownBy(() -> alarm(definition)).hasMessageContaining("reads itself");
    }

    private static Alarm stoppedFlow(String trading) {
        ObjectNode definition =
                definition().put("ComparisonOperator", "LessThanThreshold").put("Threshold", 1);
        definition.remove(List.of("Namespace", "MetricName", "Statistic", "Period"));
        ObjectNode metric =
                definition.putArray("Metrics").addObject().put("Id", "m1").put("ReturnData", false);
        metric.putObject("MetricStat")
                .put("Period", 60)
                .put("Stat", "Sum")
                .putObject("Metric")
                .put("Namespace", "N")
                .put("MetricName", "M");
        definition
                .withArrayProperty("Metrics")
                .addObject()
                .put("Id", "flow")
                .put("Expression", "IF(" + trading + " AND DAY(m1) >= 1, FILL(m1, 0), 1)");
        return alarm(definition);
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
