package io.marketpipeline.maven.faults;

import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.RuleConfig;
import io.marketpipeline.maven.template.ParsedTemplate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;

/**
 * The alarms of a pipeline's template but those of queues, each as it is written there, but for the function: any may stand for
 * the pipeline's own. Immutable.
 */
final class TemplateAlarms {
    private final List<Alarm> alarms;

    /**
     * One alarm.
     *
     * @param name without what the configuration puts around it
     * @param dimensions where the function's name is {@link #FUNCTION}
     */
    private record Alarm(
            String name,
            String namespace,
            String metric,
            Map<String, String> dimensions,
            String statistic,
            double threshold) {}

    /** Stands for the function in a dimension, as the template refers to it. */
    private static final String FUNCTION = "!Ref Function";

    private TemplateAlarms(List<Alarm> alarms) {
        this.alarms = alarms;
    }

    static TemplateAlarms of(PipelineConfig config) {
        Map<String, String> names = Map.of(
                "!Ref MarketDataTable", config.names().marketDataTable(),
                "!Ref AuditTrailTable", config.names().auditTrailTable(),
                "!Ref EventBus", config.names().eventBus());
        String frame = config.names().alarm("*");
        int before = frame.indexOf('*');
        int after = frame.length() - before - 1;
        return new TemplateAlarms(ParsedTemplate.of(config).properties("AWS::CloudWatch::Alarm").stream()
                .filter(alarm -> !text(alarm, "Namespace").equals("AWS/SQS"))
                .map(alarm -> {
                    if (!"GreaterThanThreshold".equals(alarm.get("ComparisonOperator"))
                            || !"60".equals(alarm.get("Period"))) {
                        throw new IllegalArgumentException("An alarm of another kind: " + alarm);
                    }
                    Map<String, String> dimensions = new LinkedHashMap<>();
                    ((List<?>) alarm.get("Dimensions"))
                            .stream()
                                    .map(dimension -> (Map<?, ?>) dimension)
                                    .forEach(dimension -> dimensions.put(
                                            text(dimension, "Name"),
                                            names.getOrDefault(text(dimension, "Value"), text(dimension, "Value"))));
                    String name = text(alarm, "AlarmName");
                    return new Alarm(
                            ofAnyRule(name.substring(before, name.length() - after), config),
                            text(alarm, "Namespace"),
                            text(alarm, "MetricName"),
                            dimensions,
                            text(alarm, "Statistic"),
                            Double.parseDouble(text(alarm, "Threshold")));
                })
                .toList());
    }

    /** Alarms of rules share a name, as in docs/operations.md. */
    private static String ofAnyRule(String name, PipelineConfig config) {
        return config.rules().stream()
                .map(RuleConfig::name)
                .filter(rule -> name.startsWith(rule + "-"))
                .map(rule -> "<rule>" + name.substring(rule.length()))
                .findFirst()
                .orElse(name);
    }

    private static String text(Map<?, ?> map, String key) {
        return String.valueOf(map.get(key));
    }

    /** What each has to pass. */
    Map<String, Double> thresholds() {
        return alarms.stream().collect(Collectors.toMap(Alarm::name, Alarm::threshold, Math::max));
    }

    /** The names of those whose metric passed its threshold in a span, with a function in place of the pipeline's. */
    Set<String> passed(CloudWatchClient client, String function, Instant from, Instant to) {
        List<MetricDataQuery> queries = new ArrayList<>();
        for (int i = 0; i < alarms.size(); i++) {
            queries.add(query("sum" + i, "Sum", alarms.get(i), function));
            queries.add(query("count" + i, "SampleCount", alarms.get(i), function));
        }
        Map<String, Double> totals = client
                .getMetricData(request -> request.startTime(from).endTime(to).metricDataQueries(queries))
                .metricDataResults()
                .stream()
                .collect(Collectors.toMap(MetricDataResult::id, result -> result.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum()));
        Set<String> passed = new TreeSet<>();
        for (int i = 0; i < alarms.size(); i++) {
            if (value(alarms.get(i), totals.get("sum" + i), totals.get("count" + i))
                    > alarms.get(i).threshold()) {
                passed.add(alarms.get(i).name());
            }
        }
        return passed;
    }

    private static double value(Alarm alarm, double sum, double count) {
        return switch (alarm.statistic()) {
            case "Sum" -> sum;
            case "Average" -> count == 0 ? 0 : sum / count;
            default -> throw new IllegalArgumentException("Statistic " + alarm.statistic());
        };
    }

    /** A statistic of each second. */
    private static MetricDataQuery query(String id, String statistic, Alarm alarm, String function) {
        List<Dimension> dimensions = alarm.dimensions().entrySet().stream()
                .map(dimension -> Dimension.builder()
                        .name(dimension.getKey())
                        .value(dimension.getValue().equals(FUNCTION) ? function : dimension.getValue())
                        .build())
                .toList();
        return MetricDataQuery.builder()
                .id(id)
                .metricStat(read -> read.period(1).stat(statistic).metric(metric -> metric.namespace(alarm.namespace())
                        .metricName(alarm.metric())
                        .dimensions(dimensions)))
                .build();
    }
}
