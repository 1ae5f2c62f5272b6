package io.marketpipeline.bench;

/** Latencies counted by the microsecond, in little memory, since the process that keeps them is measured, too. For one thread. */
final class Latencies {
    private static final int LONGEST_MICROS = 1 << 16;

    private final int[] counts = new int[LONGEST_MICROS + 1];
    private long all;

    void add(long nanos) {
        counts[(int) Math.min(nanos / 1000, LONGEST_MICROS)]++;
        all++;
    }

    /** What so many percent of the latencies don't exceed, to the microsecond; 65,536 for all that took longer. */
    long nanos(int percent) {
        long wanted = all * percent / 100;
        long seen = 0;
        for (int micros = 0; micros < counts.length; micros++) {
            seen += counts[micros];
            if (seen > wanted) {
                return micros * 1000L;
            }
        }
        return 0;
    }
}
