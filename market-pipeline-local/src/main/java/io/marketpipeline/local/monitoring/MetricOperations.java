package io.marketpipeline.local.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.Json;
import io.marketpipeline.local.gateway.Operation;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Putting and reading data points. */
final class MetricOperations {
    private static final String INVALID = "InvalidParameterValueException";
    private static final String MISSING = "MissingRequiredParameterException";

    /** GetMetricData's own limit of data points. */
    private static final int MOST_PERIODS = 100_800;

    /** CloudWatch user guide, "Time stamps". */
    private static final long LATEST_SECONDS = Duration.ofHours(2).toSeconds();

    private final MetricStore store;
    private final Clock clock;

    MetricOperations(MetricStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "PutMetricData", this::put,
                "GetMetricData", this::getData,
                "GetMetricStatistics", this::getStatistics,
                "ListMetrics", this::list);
    }

    private JsonNode put(ObjectNode input, CallContext context) {
        String namespace = Json.required(input, "Namespace", MISSING);
        long now = clock.instant().getEpochSecond();
        // All are looked at before the first is stored: a request is taken as a whole or not at all.
        List<Runnable> puts = new ArrayList<>();
        for (JsonNode datum : input.path("MetricData")) {
            Metric metric = Metric.of(namespace, datum);
            long second = Times.seconds(datum, "Timestamp", now);
            if (second > now + LATEST_SECONDS) {
                throw AwsError.of(
                        INVALID,
                        "The parameter MetricData.member." + (puts.size() + 1)
                                + ".Timestamp must specify a time no more than two hours in the future.");
            }
            Datapoint values = new Datapoint();
            add(values, datum);
            puts.add(() -> store.put(metric, second, point -> point.add(values)));
        }
        puts.forEach(Runnable::run);
        return Json.object();
    }

    private static void add(Datapoint point, JsonNode datum) {
        JsonNode values = datum.path("Values");
        JsonNode summary = datum.path("StatisticValues");
        if (datum.has("Value")) {
            point.add(number(datum, "Value"), 1);
        } else if (!values.isEmpty()) {
            JsonNode counts = datum.path("Counts");
            if (!counts.isMissingNode() && counts.size() != values.size()) {
                throw AwsError.of(INVALID, "The parameters Values and Counts must have the same length");
            }
            for (int i = 0; i < values.size(); i++) {
                point.add(
                        values.get(i).asDouble(), counts.has(i) ? counts.get(i).asDouble() : 1);
            }
        } else if (summary.isObject()) {
            point.add(
                    number(summary, "SampleCount"),
                    number(summary, "Sum"),
                    number(summary, "Minimum"),
                    number(summary, "Maximum"));
        } else {
            throw AwsError.of(MISSING, "A metric datum needs Value, Values or StatisticValues");
        }
    }

    private JsonNode getData(ObjectNode input, CallContext context) {
        long from = Times.seconds(input, "StartTime", 0);
        long to = Times.seconds(input, "EndTime", clock.instant().getEpochSecond());
        boolean ascending = input.path("ScanBy").asText().equals("TimestampAscending");
        MetricQueries queries = new MetricQueries(input.path("MetricDataQueries"));
        ObjectNode output = Json.object();
        output.putArray("MetricDataResults");
        output.putArray("Messages");
        for (JsonNode query : input.path("MetricDataQueries")) {
            if (query.path("ReturnData").asBoolean(true)) {
                String id = query.get("Id").asText();
                NavigableMap<Long, Double> values = values(queries, id, from, to);
                ObjectNode result =
                        Json.object().put("Id", id).put("Label", label(query)).put("StatusCode", "Complete");
                result.putArray("Timestamps");
                result.putArray("Values");
                (ascending ? values : values.descendingMap()).forEach((second, value) -> {
                    result.withArrayProperty("Timestamps").add(second);
                    result.withArrayProperty("Values").add(value);
                });
                output.withArrayProperty("MetricDataResults").add(result);
            }
        }
        return output;
    }

    private NavigableMap<Long, Double> values(MetricQueries queries, String id, long from, long to) {
        long period = queries.period(id);
        if ((to - from) / period > MOST_PERIODS) {
            throw AwsError.of(INVALID, "More than " + MOST_PERIODS + " periods are asked for");
        }
        NavigableMap<Long, Double> values = new TreeMap<>();
        for (long start = Math.floorDiv(from, period) * period; start < to; start += period) {
            long first = start;
            queries.value(id, store, Math.max(from, first), Math.min(to, first + period))
                    .ifPresent(value -> values.put(first, value));
        }
        return values;
    }

    private static String label(JsonNode query) {
        String otherwise = query.path("MetricStat")
                .path("Metric")
                .path("MetricName")
                .asText(query.path("Id").asText());
        return query.path("Label").asText(otherwise);
    }

    private JsonNode getStatistics(ObjectNode input, CallContext context) {
        Metric metric = Metric.of(Json.required(input, "Namespace", MISSING), input);
        List<String> statistics = texts(input.path("Statistics"));
        List<String> extended = texts(input.path("ExtendedStatistics"));
        if (statistics.isEmpty() && extended.isEmpty()) {
            throw AwsError.of(MISSING, "At least one of Statistics and ExtendedStatistics must be given");
        }
        statistics.forEach(Datapoint::check);
        extended.forEach(Datapoint::check);
        ObjectNode output = Json.object().put("Label", metric.name());
        output.putArray("Datapoints");
        store.periods(
                        metric,
                        Times.seconds(input, "StartTime", 0),
                        Times.seconds(input, "EndTime", clock.instant().getEpochSecond()),
                        period(input))
                .forEach((second, point) -> {
                    ObjectNode datapoint = output.withArrayProperty("Datapoints")
                            .addObject()
                            .put("Timestamp", second)
                            .put("Unit", input.path("Unit").asText("None"));
                    statistics.forEach(name -> datapoint.put(name, point.statistic(name)));
                    extended.forEach(name ->
                            datapoint.withObjectProperty("ExtendedStatistics").put(name, point.statistic(name)));
                });
        return output;
    }

    private JsonNode list(ObjectNode input, CallContext context) {
        ObjectNode output = Json.object();
        output.putArray("Metrics");
        for (Metric metric : store.metrics()) {
            boolean asked = input.path("Namespace").asText(metric.namespace()).equals(metric.namespace())
                    && input.path("MetricName").asText(metric.name()).equals(metric.name());
            for (JsonNode dimension : input.path("Dimensions")) {
                String value = metric.dimensions().get(dimension.path("Name").asText());
                asked &= value != null && dimension.path("Value").asText(value).equals(value);
            }
            if (asked) {
                output.withArrayProperty("Metrics").add(metric.describe());
            }
        }
        return output;
    }

    private static long period(JsonNode input) {
        long period = input.path("Period").asLong();
        if (period < 1) {
            throw AwsError.of(
                    INVALID, "Period is '" + input.path("Period").asText() + "'; expected seconds, 1 or more");
        }
        return period;
    }

    private static double number(JsonNode input, String member) {
        JsonNode value = input.path(member);
        try {
            double number = value.isNumber() ? value.doubleValue() : Double.parseDouble(value.asText());
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw AwsError.of(INVALID, member + " is '" + value.asText() + "', which is no number");
        }
        throw AwsError.of(INVALID, member + " is '" + value.asText() + "', which is not finite");
    }

    private static List<String> texts(JsonNode list) {
        List<String> result = new ArrayList<>();
        list.forEach(item -> result.add(item.asText()));
        return result;
    }
}
