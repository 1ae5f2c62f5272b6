package io.marketpipeline.lambda;

import com.fasterxml.jackson.core.JsonGenerator;
import io.marketpipeline.processor.ProcessingOutcome;
import io.marketpipeline.schema.Metrics;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Metrics in CloudWatch's embedded metric format: one line per detail type of an invocation, with and without the detail
 * type as a dimension, so that an alarm can watch the whole function.
 */
final class MetricLines {
    /** The format takes 100 values a metric; of more, an even sample is sent. */
    private static final int MAX_VALUES = 100;

    private final LineWriter lines;
    private final Clock clock;
    private final Predicate<String> knownDetailTypes;

    /**
     * Metric lines.
     *
     * @param knownDetailTypes detail types that may be a dimension's value; a foreign one would open a metric of its own
     */
    MetricLines(LineWriter lines, Clock clock, Predicate<String> knownDetailTypes) {
        this.lines = lines;
        this.clock = clock;
        this.knownDetailTypes = knownDetailTypes;
    }

    void write(String functionName, List<ProcessingOutcome> outcomes) {
        Map<String, Tally> tallies = new TreeMap<>();
        for (ProcessingOutcome outcome : outcomes) {
            String detailType = knownDetailTypes.test(outcome.detailType()) ? outcome.detailType() : "unknown";
            tallies.computeIfAbsent(detailType, type -> new Tally()).add(outcome);
        }
        tallies.forEach((detailType, tally) -> lines.line(json -> line(json, functionName, detailType, tally)));
    }

    private void line(JsonGenerator json, String functionName, String detailType, Tally tally) throws IOException {
        json.writeObjectFieldStart("_aws");
        json.writeNumberField("Timestamp", clock.millis());
        json.writeArrayFieldStart("CloudWatchMetrics");
        json.writeStartObject();
        json.writeStringField("Namespace", Metrics.NAMESPACE);
        json.writeArrayFieldStart("Dimensions");
        json.writeArray(new String[] {Metrics.FUNCTION_NAME, Metrics.DETAIL_TYPE}, 0, 2);
        json.writeArray(new String[] {Metrics.FUNCTION_NAME}, 0, 1);
        json.writeEndArray();
        json.writeArrayFieldStart("Metrics");
        for (Count count : Count.values()) {
            definition(json, count.metric, "Count");
        }
        if (!tally.latencies.isEmpty()) {
            definition(json, Metrics.EVENT_TO_STORED, "Milliseconds");
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeStringField(Metrics.FUNCTION_NAME, functionName);
        json.writeStringField(Metrics.DETAIL_TYPE, detailType);
        for (Count count : Count.values()) {
            json.writeNumberField(count.metric, tally.counts.getOrDefault(count, 0));
        }
        if (!tally.latencies.isEmpty()) {
            json.writeFieldName(Metrics.EVENT_TO_STORED);
            long[] sample = tally.sample();
            json.writeArray(sample, 0, sample.length);
        }
    }

    private static void definition(JsonGenerator json, String name, String unit) throws IOException {
        json.writeStartObject();
        json.writeStringField("Name", name);
        json.writeStringField("Unit", unit);
        json.writeEndObject();
    }

    private enum Count {
        PROCESSED(Metrics.PROCESSED),
        DUPLICATE(Metrics.DUPLICATE),
        REJECTED(Metrics.REJECTED),
        FAILED(Metrics.FAILED);

        private final String metric;

        Count(String metric) {
            this.metric = metric;
        }

        static Count of(ProcessingOutcome outcome) {
            return switch (outcome.status()) {
                case SUCCESS -> PROCESSED;
                case DUPLICATE -> DUPLICATE;
                case REJECTED -> REJECTED;
                case ERROR, UNDELIVERED -> FAILED;
            };
        }
    }

    /** What one detail type adds up to. */
    private static final class Tally {
        private final Map<Count, Integer> counts = new EnumMap<>(Count.class);
        private final List<Long> latencies = new ArrayList<>();

        void add(ProcessingOutcome outcome) {
            counts.merge(Count.of(outcome), 1, Integer::sum);
            if (outcome instanceof ProcessingOutcome.Stored stored) {
                latencies.add(stored.storedAtMillis() - stored.timestampMillis());
            }
        }

        long[] sample() {
            int size = Math.min(MAX_VALUES, latencies.size());
            long[] values = new long[size];
            for (int i = 0; i < size; i++) {
                values[i] = latencies.get((int) ((long) i * latencies.size() / size));
            }
            return values;
        }
    }
}
