package io.marketpipeline.maven.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A text table whose columns are as wide as their widest cell. Not thread-safe. */
public final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    private Table() {}

    /** A table without a heading. */
    public static Table plain() {
        return new Table();
    }

    /** A table with a heading for each column. */
    public static Table headed(String... headings) {
        Table table = new Table();
        table.row(headings);
        return table;
    }

    /** Adds a row; rows may be of different lengths. A cell stays in its line, whatever it says. */
    public Table row(String... cells) {
        rows.add(Arrays.stream(cells).map(Visible::coloured).toList());
        return this;
    }

    /** The lines, without trailing blanks; empty where there is no row. */
    public List<String> lines() {
        int[] widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = row.get(i);
            line.append(cell).append(" ".repeat(widths[i] - cell.length())).append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
