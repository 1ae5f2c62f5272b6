package io.marketpipeline.maven.faults;

import io.marketpipeline.maven.config.PipelineConfig;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** The alarms of a deployed stack as the endpoint evaluates them. */
final class LabAlarms {
    private final CloudWatchClient client;
    private final PipelineConfig config;

    LabAlarms(CloudWatchClient client, PipelineConfig config) {
        this.client = client;
        this.config = config;
    }

    /** Lets each of the deployed stack's alarms on its function watch another function, too. */
    void watch(String function) {
        String own = config.names().function();
        for (MetricAlarm alarm : client.describeAlarms().metricAlarms()) {
            if (alarm.dimensions().stream()
                    .anyMatch(dimension -> dimension.value().equals(own))) {
                client.putMetricAlarm(request -> request.alarmName(function + " " + alarm.alarmName())
                        .namespace(alarm.namespace())
                        .metricName(alarm.metricName())
                        .dimensions(Dimension.builder()
                                .name(alarm.dimensions().get(0).name())
                                .value(function)
                                .build())
                        .statistic(alarm.statistic())
                        .period(alarm.period())
                        .evaluationPeriods(alarm.evaluationPeriods())
                        .threshold(alarm.threshold())
                        .comparisonOperator(alarm.comparisonOperator())
                        .treatMissingData(alarm.treatMissingData()));
            }
        }
    }

    /** Which of the alarms that watch a function are on now. */
    List<String> on(String function) {
        return onOf(function + " ");
    }

    /** Which of the deployed stack's alarms are on now. */
    List<String> on() {
        return onOf("");
    }

    private List<String> onOf(String watcher) {
        String frame = watcher + config.names().alarm("*");
        int before = frame.indexOf('*');
        int after = frame.length() - before - 1;
        return client
                .describeAlarms(request ->
                        request.alarmNamePrefix(frame.substring(0, before)).stateValue(StateValue.ALARM))
                .metricAlarms()
                .stream()
                .map(alarm ->
                        alarm.alarmName().substring(before, alarm.alarmName().length() - after))
                .toList();
    }

    /** Adds to the throttled writes of a table. */
    void countThrottles(String table, long count) {
        MetricDatum datum = MetricDatum.builder()
                .metricName("WriteThrottleEvents")
                .dimensions(Dimension.builder().name("TableName").value(table).build())
                .value((double) count)
                .build();
        client.putMetricData(request -> request.namespace("AWS/DynamoDB").metricData(datum));
    }
}
