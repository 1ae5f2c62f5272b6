package io.marketpipeline.local.monitoring;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Data points by metric and second. Thread-safe. What is older than three hours is forgotten. */
final class MetricStore {
    private static final long KEPT_SECONDS = Duration.ofHours(3).toSeconds();

    private final Map<Metric, NavigableMap<Long, Datapoint>> series = new HashMap<>();

    /** Changes the data point of a second. */
    synchronized void put(Metric metric, long epochSecond, Consumer<Datapoint> change) {
        NavigableMap<Long, Datapoint> points = series.computeIfAbsent(metric, key -> new TreeMap<>());
        change.accept(points.computeIfAbsent(epochSecond, key -> new Datapoint()));
        points.headMap(points.lastKey() - KEPT_SECONDS).clear();
    }

    /** All data points from one second to before another, as one; empty if there are none. */
    synchronized Optional<Datapoint> read(Metric metric, long from, long to) {
        NavigableMap<Long, Datapoint> points = series.get(metric);
        if (points == null || points.subMap(from, to).isEmpty()) {
            return Optional.empty();
        }
        Datapoint result = new Datapoint();
        points.subMap(from, to).values().forEach(result::add);
        return Optional.of(result);
    }

    /** Statistics by the start of each period that has data points; periods start at multiples of their length. */
    synchronized NavigableMap<Long, Datapoint> periods(Metric metric, long from, long to, long period) {
        NavigableMap<Long, Datapoint> result = new TreeMap<>();
        NavigableMap<Long, Datapoint> points = series.get(metric);
        if (points != null && from < to) {
            points.subMap(from, to).forEach((second, point) -> result.computeIfAbsent(
                            Math.floorDiv(second, period) * period, key -> new Datapoint())
                    .add(point));
        }
        return result;
    }

    /** All metrics that have ever had a data point. */
    synchronized List<Metric> metrics() {
        return List.copyOf(series.keySet());
    }
}
