package io.marketpipeline.maven.faults;

import io.marketpipeline.maven.faults.FailurePathsPage.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/**
 * Which events failed when, by rows of the page, so that the alarms that they set off can be told from each other's at the end,
 * when all metrics have come. Each test of a function has its seconds of that function's metrics for itself. For one thread.
 */
final class AlarmSightings {
    /** Goes off by the mean of two minutes: a machine that is slow passes it where the page names no such alarm. */
    private static final String BY_SPEED = "duration";

    private final FailurePathsPage page;
    private final List<Sighting> sightings = new ArrayList<>();
    private final Map<String, Sighting> last = new HashMap<>();

    /** Rows that failed together, and the seconds in which they did, both included. */
    private record Sighting(List<Row> rows, String function, long from, long to) {
        boolean isBuffered() {
            return rows.stream().anyMatch(Row::isBuffered);
        }

        /** Whether it counts something for tables, which all functions share. */
        boolean isOfTables() {
            return expected().stream().anyMatch(alarm -> alarm.endsWith("-throttles"));
        }

        Set<String> expected() {
            return rows.stream().flatMap(row -> row.alarms().stream()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    AlarmSightings(FailurePathsPage page) {
        this.page = page;
    }

    /**
     * From now on a function fails as these rows of the page say.
     *
     * @param beginnings of the rows; none for what no row is about
     */
    void begin(String function, String... beginnings) throws InterruptedException {
        List<Row> rows = Set.of(beginnings).stream()
                .map(page::row)
                .sorted(Comparator.comparing(Row::what))
                .toList();
        Sighting next = new Sighting(rows, function, Long.MAX_VALUE, Long.MAX_VALUE);
        long taken = last.values().stream()
                .filter(before -> !before.rows().equals(rows))
                .filter(before -> before.function().equals(function) || before.isOfTables() || next.isOfTables())
                .mapToLong(Sighting::to)
                .max()
                .orElse(0);
        while (second() <= taken) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        last.put(function, new Sighting(rows, function, second(), Long.MAX_VALUE));
    }

    /** What began has ended. */
    void end() {
        last.replaceAll((function, sighting) -> {
            if (sighting.to() < Long.MAX_VALUE) {
                return sighting;
            }
            Sighting ended = new Sighting(sighting.rows(), function, sighting.from(), second());
            sightings.add(ended);
            return ended;
        });
    }

    private static long second() {
        return Instant.now().getEpochSecond();
    }

    /** Where the page and the metrics differ, and which rows of the page nobody saw that it says are shown by a test. */
    List<String> differences(
            CloudWatchClient client, Function<Boolean, TemplateAlarms> alarmsOfBuffered, Class<?> test) {
        List<String> differences = new ArrayList<>();
        for (Sighting sighting : sightings) {
            Set<String> expected = sighting.expected();
            Set<String> seen = alarmsOfBuffered
                    .apply(sighting.isBuffered())
                    .passed(
                            client,
                            sighting.function(),
                            Instant.ofEpochSecond(sighting.from()),
                            Instant.ofEpochSecond(sighting.to() + 1));
            if (!expected.contains(BY_SPEED)) {
                seen.remove(BY_SPEED);
            }
            if (!sighting.rows().isEmpty() && !seen.equals(expected)) {
                differences.add(sighting.rows().stream().map(Row::what).toList() + " with function "
                        + sighting.function() + ": the page says " + expected + ", but the metrics set off " + seen);
            }
        }
        Set<Row> shown =
                sightings.stream().flatMap(sighting -> sighting.rows().stream()).collect(Collectors.toSet());
        page.rows().stream()
                .filter(row -> row.tests().contains(test.getSimpleName()) != shown.contains(row))
                .forEach(row -> differences.add("'" + row.what() + "': the page says shown by " + row.tests()
                        + ", but here it was " + (shown.contains(row) ? "seen" : "not seen")));
        return differences;
    }
}
