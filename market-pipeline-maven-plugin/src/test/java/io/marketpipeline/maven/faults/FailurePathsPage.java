package io.marketpipeline.maven.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of docs/failure-paths.md. Immutable. */
final class FailurePathsPage {
    static final Path FILE = Path.of("..", "docs", "failure-paths.md");

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final int COLUMNS = 6;

    private final List<Row> rows;

    /**
     * One way to fail.
     *
     * @param alarms by name; empty where the page says that there is none
     * @param tests classes
     */
    record Row(String what, String outcome, String records, String letter, Set<String> alarms, Set<String> tests) {
        /** Whether it is of buffered delivery alone. */
        boolean isBuffered() {
            return what.startsWith("buffered:");
        }

        private static Row of(String line) {
            List<String> cells = Arrays.stream(line.split("\\|", -1))
                    .map(String::strip)
                    .filter(cell -> !cell.isEmpty())
                    .toList();
            if (cells.size() != COLUMNS) {
                throw new IllegalArgumentException("Not " + COLUMNS + " columns: " + line);
            }
            Set<String> alarms = code(cells.get(4));
            if (alarms.isEmpty() != cells.get(4).equals("none")) {
                throw new IllegalArgumentException("Neither alarms nor 'none': " + line);
            }
            return new Row(cells.get(0), cells.get(1), cells.get(2), cells.get(3), alarms, code(cells.get(5)));
        }

        private static Set<String> code(String cell) {
            Set<String> found = new TreeSet<>();
            Matcher matcher = CODE.matcher(cell);
            while (matcher.find()) {
                found.add(matcher.group(1));
            }
            return found;
        }
    }

    private FailurePathsPage(List<Row> rows) {
        this.rows = rows;
    }

    static FailurePathsPage read() throws IOException {
        return new FailurePathsPage(Files.readAllLines(FILE).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| what happens"))
                .map(Row::of)
                .toList());
    }

    List<Row> rows() {
        return rows;
    }

    /** The one row that begins so. */
    Row row(String beginning) {
        List<Row> found =
                rows.stream().filter(row -> row.what().startsWith(beginning)).toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException(found.size() + " rows of " + FILE + " begin '" + beginning + "'");
        }
        return found.get(0);
    }
}
