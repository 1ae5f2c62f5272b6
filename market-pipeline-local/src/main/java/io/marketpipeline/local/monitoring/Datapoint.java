package io.marketpipeline.local.monitoring;

import io.marketpipeline.local.gateway.AwsError;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was put for one metric within some time. Not thread-safe; guarded by its store. */
final class Datapoint {
    private static final Pattern PERCENTILE = Pattern.compile("p([0-9]{1,2}(\\.[0-9]{1,10})?|100)");

    private final TreeMap<Double, Double> counts = new TreeMap<>();
    private double samples;
    private double sum;
    private double minimum = Double.POSITIVE_INFINITY;
    private double maximum = Double.NEGATIVE_INFINITY;

    void add(double value, double count) {
        counts.merge(value, count, Double::sum);
        add(count, value * count, value, value);
    }

    /** Adds what is known by its summary alone; percentiles leave it out. */
    void add(double moreSamples, double moreSum, double least, double most) {
        samples += moreSamples;
        sum += moreSum;
        minimum = Math.min(minimum, least);
        maximum = Math.max(maximum, most);
    }

    void add(Datapoint other) {
        other.counts.forEach((value, count) -> counts.merge(value, count, Double::sum));
        add(other.samples, other.sum, other.minimum, other.maximum);
    }

    /**
     * A statistic by CloudWatch's name, such as {@code Sum} or {@code p99.9}.
     *
     * @throws AwsError if there is none of that name here
     */
    double statistic(String name) {
        return switch (name) {
            case "SampleCount" -> samples;
            case "Sum" -> sum;
            case "Average" -> sum / samples;
            case "Minimum" -> minimum;
            case "Maximum" -> maximum;
            default -> percentile(name);
        };
    }

    /** Refuses a statistic that isn't known, before there are data. */
    static void check(String name) {
        new Datapoint().statistic(name);
    }

    private double percentile(String name) {
        Matcher matcher = PERCENTILE.matcher(name);
        if (!matcher.matches()) {
            throw AwsError.notSupported("CloudWatch statistic '" + name + "'");
        }
        double total = counts.values().stream().mapToDouble(Double::doubleValue).sum();
        double rank = Double.parseDouble(matcher.group(1)) / 100 * total;
        double seen = 0;
        for (Map.Entry<Double, Double> entry : counts.entrySet()) {
            seen += entry.getValue();
            if (seen >= rank) {
                return entry.getKey();
            }
        }
        return maximum;
    }
}
