package io.marketpipeline.local.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.Json;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The queries of an alarm or of GetMetricData: metrics, and expressions that build on them. Immutable. */
final class MetricQueries {
    private static final String INVALID = "ValidationError";

    /** One query; an expression has neither metric nor statistic, and a metric no expression. */
    private record Query(Optional<Metric> metric, String statistic, Optional<MetricMath> expression, long period) {}

    private final Map<String, Query> queries = new LinkedHashMap<>();

    /**
     * Reads queries.
     *
     * @throws AwsError if one is wrong, reads one that isn't there, or reads itself
     */
    MetricQueries(JsonNode list) {
        for (JsonNode one : list) {
            if (queries.put(Json.required(one, "Id", "MissingRequiredParameterException"), query(one)) != null) {
                throw AwsError.of(
                        INVALID, "Two queries have the Id '" + one.get("Id").asText() + "'");
            }
        }
        queries.keySet().forEach(id -> check(id, Set.of()));
    }

    private static Query query(JsonNode one) {
        long period = one.path("Period").asLong();
        if (one.hasNonNull("Expression")) {
            return new Query(
                    Optional.empty(),
                    "",
                    Optional.of(MetricMath.of(one.get("Expression").asText())),
                    period);
        }
        String missing = "MissingRequiredParameterException";
        JsonNode read = one.path("MetricStat");
        String statistic = Json.required(read, "Stat", missing);
        Datapoint.check(statistic);
        Metric metric = Metric.of(Json.required(read.path("Metric"), "Namespace", missing), read.path("Metric"));
        long own = read.path("Period").asLong(period);
        if (own < 1) {
            throw AwsError.of(INVALID, "Period is '" + read.path("Period").asText() + "'; expected seconds, 1 or more");
        }
        return new Query(Optional.of(metric), statistic, Optional.empty(), own);
    }

    private void check(String id, Set<String> readers) {
        Query query = queries.get(id);
        if (query == null) {
            throw AwsError.of(INVALID, "The metric expressions read '" + id + "', which no query has as its Id");
        }
        if (readers.contains(id)) {
            throw AwsError.of(INVALID, "Metric expression '" + id + "' reads itself");
        }
        Set<String> more = new HashSet<>(readers);
        more.add(id);
        query.expression().ifPresent(expression -> expression.ids().forEach(read -> check(read, more)));
    }

    /** The metrics that are read. */
    Set<Metric> metrics() {
        Set<Metric> result = new HashSet<>();
        queries.values().forEach(query -> query.metric().ifPresent(result::add));
        return result;
    }

    /** Seconds of a query's periods: its own, or the longest of those that it reads. */
    long period(String id) {
        Query query = find(id);
        if (query.period() > 0) {
            return query.period();
        }
        return query.expression().stream()
                .flatMap(expression -> expression.ids().stream())
                .mapToLong(this::period)
                .max()
                .orElseThrow(() -> AwsError.of(INVALID, "Metric expression '" + id + "' needs a Period"));
    }

    /** The value of a query in one period, unless there is none. */
    Optional<Double> value(String id, MetricStore store, long from, long to) {
        Query query = find(id);
        if (query.metric().isPresent()) {
            return store.read(query.metric().get(), from, to).map(point -> point.statistic(query.statistic()));
        }
        double value = query.expression().orElseThrow().at(new MetricMath.Period() {
            @Override
            public long start() {
                return from;
            }

            @Override
            public double value(String other) {
                return MetricQueries.this.value(other, store, from, to).orElse(MetricMath.MISSING);
            }
        });
        return Double.isNaN(value) ? Optional.empty() : Optional.of(value);
    }

    private Query find(String id) {
        return Optional.ofNullable(queries.get(id)).orElseThrow(() -> AwsError.of(INVALID, "No query is called " + id));
    }
}
