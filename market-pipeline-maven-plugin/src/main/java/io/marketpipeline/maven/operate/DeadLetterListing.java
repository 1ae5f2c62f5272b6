package io.marketpipeline.maven.operate;

import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints dead letters, and how many there are by sender and reason. */
final class DeadLetterListing {
    private static final RowPrinter<DeadLetter> PRINTER = new RowPrinter<>(
            List.of(
                    "first_seen",
                    "sender",
                    "reason",
                    "receives",
                    "attempts",
                    "rule",
                    "detail_type",
                    "symbol",
                    "event_id",
                    "message"),
            (letter, column) -> String.valueOf(attributes(letter).getOrDefault(column, "")),
            DeadLetterListing::attributes);

    private DeadLetterListing() {}

    static void print(List<DeadLetter> letters, boolean cut, int limit, OutputFormat format, Console console) {
        if (letters.isEmpty() && format == OutputFormat.TABLE) {
            console.line("No dead letters");
            return;
        }
        PRINTER.print(letters, format, console);
        if (format == OutputFormat.TABLE) {
            console.line("");
            summary(letters).lines().forEach(console::line);
            if (cut) {
                console.line("Only the first " + limit + " were looked at; raise -Dlimit to see more");
            }
        }
    }

    static void export(List<DeadLetter> letters, Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Files.write(
                file,
                letters.stream()
                        .map(letter -> RowPrinter.json(attributes(letter)))
                        .toList());
    }

    private static Table summary(List<DeadLetter> letters) {
        Map<String, Long> counts = letters.stream()
                .collect(Collectors.groupingBy(
                        letter -> letter.sender().label() + "\t" + letter.reason(),
                        TreeMap::new,
                        Collectors.counting()));
        Table table = Table.headed("dead letters", "sender", "reason");
        counts.forEach((key, count) -> {
            int tab = key.indexOf('\t');
            table.row(String.valueOf(count), key.substring(0, tab), key.substring(tab + 1));
        });
        return table;
    }

    /** What is known of a letter, without what isn't. */
    private static Map<String, Object> attributes(DeadLetter letter) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("message_id", letter.messageId());
        values.put("first_seen", letter.firstSeen().toString());
        values.put("sender", letter.sender().label());
        values.put("reason", letter.reason());
        values.put("message", letter.message());
        values.put("receives", letter.queueAttributes().getOrDefault("ApproximateReceiveCount", ""));
        letter.attempts().ifPresent(value -> values.put("attempts", value));
        letter.rule().ifPresent(value -> values.put("rule", value));
        letter.detailType().ifPresent(value -> values.put("detail_type", value));
        letter.eventId().ifPresent(value -> values.put("event_id", value));
        letter.symbol().ifPresent(value -> values.put("symbol", value));
        values.put("attributes", letter.attributes());
        values.put("body", letter.body());
        return values;
    }
}
