package io.marketpipeline.maven.output;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them: {@code 0.4 s}, {@code 12 s}, {@code 2 min 05 s}. */
public final class Elapsed {
    private static final long SECOND_MS = 1000;
    private static final long FRACTION_BELOW_MS = 10 * SECOND_MS;

    private Elapsed() {}

    /** The duration in words; a negative one counts as none. */
    public static String words(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        if (millis < FRACTION_BELOW_MS) {
            return String.format(Locale.ROOT, "%.1f s", millis / (double) SECOND_MS);
        }
        long seconds = millis / SECOND_MS;
        return seconds < 60 ? seconds + " s" : String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
    }
}
