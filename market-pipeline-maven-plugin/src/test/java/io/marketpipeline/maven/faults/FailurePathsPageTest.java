package io.marketpipeline.maven.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.maven.config.AlarmsConfig;
import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.faults.FailurePathsPage.Row;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The alarms of docs/failure-paths.md exist and follow from where an event ends, for the rows, too, whose events {@link
 * FailurePathsIT} doesn't have; it shows that they do for the others.
 */
class FailurePathsPageTest {
    private final List<Row> rows = FailurePathsPage.read().rows();

    FailurePathsPageTest() throws IOException {}

    @Test
    void everyAlarmIsOneOfTheTemplate() {
        Set<String> named =
                rows.stream().flatMap(row -> row.alarms().stream()).collect(Collectors.toCollection(TreeSet::new));

        assertThat(named)
                .contains("errors", "rejected", "dropped", "failed")
                .isSubsetOf(thresholds().keySet());
    }

    @Test
    void everyAlarmFollowsFromTheSenderOfTheDeadLetter() {
        assertThat(rows).hasSizeGreaterThan(25).allSatisfy(row -> {
            Set<String> alarms = row.alarms();
            String sender = row.letter().replaceFirst("^(none|as each|by the \\w+|by Lambda).*", "$1");
            switch (sender) {
                case "by the function" -> assertThat(alarms).containsExactly("rejected");
                case "by the queue" -> assertThat(alarms).containsExactly("failed");
                case "by EventBridge" -> assertThat(alarms).isEmpty();
                case "by Lambda" -> {
                    assertThat(alarms).contains("dropped");
                    assertThat(alarms.contains("errors"))
                            .isNotEqualTo(row.outcome().contains("untried"));
                }
                case "none" -> assertThat(alarms.contains("dropped")).isEqualTo(alarms.contains("dead-letter-errors"));
                default -> assertThat(sender).isEqualTo("as each");
            }
            assertThat(alarms.contains("failed")).isEqualTo(row.isBuffered());
        });
    }

    /** Of a letter that says so, or whose events the function left without a record: it said "none" of some of them. */
    @Test
    void everyLetterWithoutARecordOfTheFunctionHasThatOfRedrive() {
        assertThat(rows)
                .filteredOn(row -> row.letter().matches("by (EventBridge|Lambda|the queue).*")
                        && row.records().startsWith("none"))
                .hasSizeGreaterThan(4)
                .allSatisfy(row ->
                        assertThat(row.records()).startsWith("none by the function; `UNDELIVERED` by `redrive`"));
    }

    @Test
    void oneEventPassesTheThresholdsThatThePageDoesNotTell() throws IOException {
        AlarmsConfig defaults = Configurations.minimal().alarms();
        Map<String, Double> told = new HashMap<>();
        told.put("errors", (double) defaults.errors());
        told.put("failed", (double) defaults.errors());
        told.put("duration", (double) defaults.duration());

        assertThat(thresholds())
                .allSatisfy(
                        (alarm, threshold) -> assertThat(threshold).as(alarm).isEqualTo(told.getOrDefault(alarm, 0.0)));
        assertThat(Files.readString(FailurePathsPage.FILE))
                .contains(
                        "`<errors>` (" + defaults.errors() + ")",
                        "`<duration>` (" + defaults.duration() + " ms)",
                        "`<deadLetterAge>` (" + defaults.deadLetterAge() + " s)");
    }

    @Test
    void everyTestIsThere() throws IOException {
        Set<String> classes = new TreeSet<>();
        try (DirectoryStream<Path> modules = Files.newDirectoryStream(Path.of(".."), "market-pipeline-*")) {
            for (Path module : modules) {
                try (Stream<Path> files = Files.walk(module.resolve("src/test/java"))) {
                    files.forEach(
                            file -> classes.add(file.getFileName().toString().replace(".java", "")));
                }
            }
        }

        assertThat(rows).allSatisfy(row -> assertThat(row.tests()).isNotEmpty().isSubsetOf(classes));
    }

    /** Of both deliveries. */
    private static Map<String, Double> thresholds() {
        Map<String, Double> all =
                new HashMap<>(TemplateAlarms.of(Configurations.minimal()).thresholds());
        all.putAll(TemplateAlarms.of(Configurations.buffered()).thresholds());
        return all;
    }
}
