package io.marketpipeline.maven.operate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.Table;
import io.marketpipeline.maven.output.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Prints rows: as a table of the columns that say most, as CSV of the same columns, or as JSON lines with every
 * attribute. Thread-safe.
 *
 * @param <T> what a row is
 */
final class RowPrinter<T> {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final List<String> columns;
    private final BiFunction<T, String, String> cell;
    private final java.util.function.Function<T, Map<String, Object>> attributes;

    /**
     * A printer.
     *
     * @param cell the text of a column in a row; empty if the row has none. Foreign: it is made visible here
     * @param attributes all that a row has
     */
    RowPrinter(
            List<String> columns,
            BiFunction<T, String, String> cell,
            java.util.function.Function<T, Map<String, Object>> attributes) {
        this.columns = List.copyOf(columns);
        this.cell = (row, column) -> Visible.of(cell.apply(row, column));
        this.attributes = attributes;
    }

    void print(List<T> rows, OutputFormat format, Console console) {
        switch (format) {
            case TABLE -> table(rows, console);
            case CSV -> csv(rows, console);
            case JSON -> rows.forEach(row -> console.result(json(attributes.apply(row))));
        }
    }

    private void table(List<T> rows, Console console) {
        List<String> used = columns.stream()
                .filter(column ->
                        rows.stream().anyMatch(row -> !cell.apply(row, column).isEmpty()))
                .toList();
        Table table = Table.headed(used.toArray(String[]::new));
        rows.forEach(row ->
                table.row(used.stream().map(column -> cell.apply(row, column)).toArray(String[]::new)));
        table.lines().forEach(console::result);
    }

    private void csv(List<T> rows, Console console) {
        console.result(String.join(",", columns));
        for (T row : rows) {
            List<String> cells = new ArrayList<>();
            columns.forEach(column -> cells.add(quoted(cell.apply(row, column))));
            console.result(String.join(",", cells));
        }
    }

    static String json(Map<String, Object> attributes) {
        try {
            return Visible.of(JSON.writeValueAsString(attributes));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("attributes are JSON values", e);
        }
    }

    private static String quoted(String cell) {
        return cell.matches("(?s).*[\",\r\n].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
