package io.marketpipeline.scaling;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Which share of a tape each venue has: over the day, and in each of its 60 busiest seconds. Counted from every BAC trade
 * of 2013-10-07 (88,172, 13 venues; the AlgoSeek sample in QuantConnect Lean, Apache-2.0), of which the example holds the
 * first minutes.
 */
final class TapeProfile {
    private final List<String> venues;
    private final List<int[]> seconds;

    private TapeProfile(List<String> venues, List<int[]> seconds) {
        this.venues = venues;
        this.seconds = seconds;
    }

    static TapeProfile read() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(
                        TapeProfile.class.getResourceAsStream("/scaling/bac-2013-10-07-trades-a-second.csv")),
                StandardCharsets.UTF_8))) {
            List<String> header = List.of(in.readLine().split(",", -1));
            List<int[]> seconds = new ArrayList<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                seconds.add(Arrays.stream(line.split(",", -1))
                        .skip(1)
                        .mapToInt(Integer::parseInt)
                        .toArray());
            }
            return new TapeProfile(header.subList(1, header.size()), seconds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int venues() {
        return venues.size();
    }

    /** Trades of the whole day. */
    int trades() {
        return Arrays.stream(seconds.get(0)).sum();
    }

    /** The day's share of each venue. */
    double[] day() {
        return shares(seconds.get(0));
    }

    /** The shares of the second in which one venue has most of the tape, as a busy second may be. */
    double[] mostUneven() {
        return seconds.stream()
                .skip(1)
                .map(TapeProfile::shares)
                .max((a, b) -> Double.compare(largest(a), largest(b)))
                .orElseThrow();
    }

    static double largest(double[] shares) {
        return Arrays.stream(shares).max().orElseThrow();
    }

    private static double[] shares(int[] counts) {
        double all = Arrays.stream(counts).sum();
        return Arrays.stream(counts).mapToDouble(count -> count / all).toArray();
    }
}
