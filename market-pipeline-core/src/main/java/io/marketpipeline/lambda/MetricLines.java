package io.marketpipeline.lambda;

import io.marketpipeline.event.EventDecoder;
import io.marketpipeline.processor.ProcessingOutcome;
import io.marketpipeline.schema.Metrics;
import io.marketpipeline.text.JsonText;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Metrics in CloudWatch's embedded metric format: one line per detail type of an invocation, with and without the detail
 * type as a dimension, so that an alarm can watch the whole function.
 */
final class MetricLines implements Report {
    /** The format takes 100 values a metric; of more, an even sample is sent. */
    private static final int MAX_VALUES = 100;

    private static final Count[] COUNTS = Count.values();
    private static final String COUNTS_ONLY = definitions(false);
    private static final String WITH_LATENCY = definitions(true);

    private final LineWriter lines;
    private final Clock clock;
    private final EventDecoder knownDetailTypes;

    /**
     * Metric lines.
     *
     * @param knownDetailTypes knows the detail types that may be a dimension's value; a foreign one would open a metric of its own
     */
    MetricLines(LineWriter lines, Clock clock, EventDecoder knownDetailTypes) {
        this.lines = lines;
        this.clock = clock;
        this.knownDetailTypes = knownDetailTypes;
    }

    @Override
    public void write(String functionName, List<ProcessingOutcome> outcomes) {
        Map<String, Tally> tallies = new TreeMap<>();
        for (ProcessingOutcome outcome : outcomes) {
            String detailType = knownDetailTypes.knows(outcome.detailType()) ? outcome.detailType() : "unknown";
            Tally tally = tallies.get(detailType);
            if (tally == null) {
                tally = new Tally();
                tallies.put(detailType, tally);
            }
            tally.add(outcome);
        }
        for (Map.Entry<String, Tally> tally : tallies.entrySet()) {
            lines.line(line(functionName, tally.getKey(), tally.getValue()));
        }
    }

    private JsonText line(String functionName, String detailType, Tally tally) {
        boolean stored = !tally.latencies.isEmpty();
        JsonText json = LineWriter.begin()
                .name("_aws")
                .begin()
                .field("Timestamp", clock.millis())
                .name("CloudWatchMetrics")
                .json(stored ? WITH_LATENCY : COUNTS_ONLY)
                .end();
        json.field(Metrics.FUNCTION_NAME, functionName).field(Metrics.DETAIL_TYPE, detailType);
        for (Count count : COUNTS) {
            json.field(count.metric, tally.count(count));
        }
        if (stored) {
            json.name(Metrics.EVENT_TO_STORED).beginArray();
            tally.sampleTo(json);
            json.endArray();
        }
        return json;
    }

    /** What a line says of its metrics: names and units, and the dimensions, with the detail type and without. */
    private static String definitions(boolean latency) {
        JsonText json = JsonText.ascii()
                .beginArray()
                .begin()
                .field("Namespace", Metrics.NAMESPACE)
                .name("Dimensions")
                .beginArray()
                .beginArray()
                .value(Metrics.FUNCTION_NAME)
                .value(Metrics.DETAIL_TYPE)
                .endArray()
                .beginArray()
                .value(Metrics.FUNCTION_NAME)
                .endArray()
                .endArray()
                .name("Metrics")
                .beginArray();
        for (Count count : COUNTS) {
            definition(json, count.metric, "Count");
        }
        if (latency) {
            definition(json, Metrics.EVENT_TO_STORED, "Milliseconds");
        }
        return json.endArray().end().endArray().toString();
    }

    private static void definition(JsonText json, String name, String unit) {
        json.begin().field("Name", name).field("Unit", unit).end();
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
            Count count = Count.of(outcome);
            counts.put(count, count(count) + 1);
            if (outcome instanceof ProcessingOutcome.Stored stored) {
                latencies.add(stored.storedAtMillis() - stored.timestampMillis());
            }
        }

        int count(Count count) {
            return counts.getOrDefault(count, 0);
        }

        void sampleTo(JsonText json) {
            int size = Math.min(MAX_VALUES, latencies.size());
            for (int i = 0; i < size; i++) {
                json.value(latencies.get((int) ((long) i * latencies.size() / size)));
            }
        }
    }
}
