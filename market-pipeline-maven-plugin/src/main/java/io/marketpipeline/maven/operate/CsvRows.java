package io.marketpipeline.maven.operate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.output.Visible;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a CSV file with a header. Columns that the pipeline knows as numbers become decimal numbers, all others stay
 * text. A row is one line: ticks have no line ends in their fields, and so a bad row spoils no other.
 */
final class CsvRows implements RawRows {
    static final Set<String> NUMBERS =
            Set.of("price", "volume", "bid_price", "bid_size", "ask_price", "ask_size", "sequence");

    private static final ObjectReader LINE =
            new CsvMapper().readerFor(String[].class).with(CsvParser.Feature.TRIM_SPACES);
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final BufferedReader lines;
    private final List<String> columns;
    private long line = 1;
    private long number;

    CsvRows(Reader reader, String name) throws IOException {
        this.lines = new BufferedReader(reader);
        this.columns = header(lines.readLine(), name);
    }

    List<String> columns() {
        return columns;
    }

    @Override
    public Optional<RawRow> next() throws IOException {
        String text = lines.readLine();
        line++;
        while (text != null && text.isBlank()) {
            text = lines.readLine();
            line++;
        }
        if (text == null) {
            return Optional.empty();
        }
        number++;
        return Optional.of(row(text));
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private RawRow row(String text) {
        String[] cells;
        try {
            cells = LINE.readValue(text);
        } catch (JsonProcessingException e) {
            return RawRow.unreadable(line, number, "isn't CSV: " + e.getOriginalMessage());
        }
        if (cells.length != columns.size()) {
            return RawRow.unreadable(
                    line, number, "has " + cells.length + " fields where the header has " + columns.size());
        }
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i++) {
            if (!cells[i].isEmpty()) {
                JsonNode value = value(columns.get(i), cells[i]);
                if (value == null) {
                    return RawRow.unreadable(
                            line, number, columns.get(i) + " is '" + cells[i] + "', which isn't a decimal number");
                }
                fields.put(columns.get(i), value);
            }
        }
        return new RawRow(line, number, fields, "");
    }

    private static @Nullable JsonNode value(String column, String cell) {
        if (!NUMBERS.contains(column)) {
            return JsonNodeFactory.instance.textNode(cell);
        }
        try {
            return DecimalNode.valueOf(new BigDecimal(cell));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static List<String> header(@Nullable String text, String name) throws IOException {
        if (text == null || text.isBlank()) {
            throw new UserFixableException(
                    name + " is empty; its first line must be a header such as sequence,event_time,symbol,...");
        }
        String plain = text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        List<String> columns = names(plain, name);
        for (String required : List.of("symbol", "event_time")) {
            if (!columns.contains(required)) {
                throw new UserFixableException(name + " has no column '" + required + "' in its header " + columns
                        + "; the first line must name the columns, with symbol and event_time among them");
            }
        }
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            if (!seen.add(column)) {
                throw new UserFixableException(name + " has column '" + column + "' twice in its header");
            }
        }
        return columns;
    }

    private static List<String> names(String header, String name) {
        try {
            return List.of(LINE.<String[]>readValue(header));
        } catch (JsonProcessingException e) {
            throw new UserFixableException(name + " has a header that isn't CSV: "
                    + Visible.of(String.valueOf(e.getOriginalMessage()))
                    + "; its first line must name the columns, such as sequence,event_time,symbol,...");
        }
    }
}
