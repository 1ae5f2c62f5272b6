package io.marketpipeline.maven.operate;

import io.marketpipeline.maven.aws.AwsEnvironment;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.ShownPath;
import io.marketpipeline.maven.output.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints dead letters, and how many there are by sender and reason. */
final class DeadLetterListing {
    private static final List<String> COLUMNS = List.of(
            "first_seen",
            "sender",
            "reason",
            "receives",
            "attempts",
            "rule",
            "detail_type",
            "symbol",
            "event_id",
            "message");

    /** The function's log line of an event that failed. */
    private static final String FAILED = "{ $.message = \"event failed\" }";

    private final PipelineConfig config;
    private final LetterEvents reader;
    private final RowPrinter<DeadLetter> printer =
            new RowPrinter<>(COLUMNS, (letter, column) -> cell(letter, column), this::attributes);

    DeadLetterListing(PipelineConfig config) {
        this.config = config;
        this.reader = new LetterEvents(config);
    }

    /** Those that are meant. */
    List<DeadLetter> filtered(List<DeadLetter> letters, LetterFilter filter) {
        return letters.stream()
                .filter(letter -> filter.test(letter, reader.of(letter)))
                .toList();
    }

    /**
     * Prints letters that are meant.
     *
     * @param looked how many were looked at
     */
    void print(List<DeadLetter> letters, int looked, OutputFormat format, Console console) {
        if (format != OutputFormat.TABLE) {
            printer.print(letters, format, console);
            return;
        }
        if (letters.isEmpty()) {
            console.line(
                    looked == 0
                            ? "No dead letters"
                            : "None of " + PublishRun.count(looked, "dead letter") + " is meant");
        } else {
            printer.print(letters, format, console);
            console.line("");
            summary(letters).lines().forEach(console::line);
            partlyDone(letters).ifPresent(console::line);
        }
    }

    /** Of a letter with several events the function may have done most; its log names those that failed. */
    private Optional<String> partlyDone(List<DeadLetter> letters) {
        List<DeadLetter> partly = letters.stream()
                .filter(letter -> letter.reached() != DeadLetter.Reached.NO
                        && reader.of(letter).size() > 1)
                .toList();
        return partly.stream()
                .map(DeadLetter::firstSeen)
                .min(Comparator.naturalOrder())
                .map(since -> PublishRun.count(partly.size(), "letter")
                        + " of several events: the log names those that failed, the"
                        + " others are stored or refused, and a redrive finds them so:\n"
                        + AwsEnvironment.of(config).command("logs", "-Dsince=" + since, "-Dfilter=" + FAILED));
    }

    void export(List<DeadLetter> letters, Path file) throws IOException {
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

    /**
     * What to say of an export, so that nobody empties the queue of what isn't in the file.
     *
     * @param written how many letters are in it
     * @param limit how many were to be looked at, at most
     * @throws UserFixableException if the queue says that it has letters that weren't seen
     */
    static String exported(int written, LetterLook look, int limit, Path file) {
        String words = "Wrote " + PublishRun.count(written, "dead letter") + " to " + ShownPath.of(file);
        if (!look.whole()) {
            throw new UserFixableException(words + ", but the queue says that it has " + look.rest()
                    + ", which aren't in it: don't purge the queue. " + look.wayOut(limit));
        }
        long left = look.seen() - written;
        return left == 0
                ? words + ", all that the queue says it has"
                : words + "; " + left + " in the queue aren't meant and aren't in it: a purge would lose them";
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

    private String cell(DeadLetter letter, String column) {
        Map<String, Object> values = attributes(letter);
        String value = String.valueOf(values.getOrDefault(column, ""));
        return column.equals("event_id") && values.get("event_ids") instanceof List<?> all
                ? value + " and " + (all.size() - 1) + " more"
                : value;
    }

    /** What is known of a letter, without what isn't. */
    private Map<String, Object> attributes(DeadLetter letter) {
        List<LetterEvents.Identified> events = reader.of(letter);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("message_id", letter.messageId());
        values.put("first_seen", letter.firstSeen().toString());
        values.put("sender", letter.sender().label());
        values.put("reason", letter.reason());
        values.put("message", letter.message());
        values.put("receives", letter.receives());
        attempts(letter).ifPresent(value -> values.put("attempts", value));
        letter.rule().or(() -> rule(letter)).ifPresent(value -> values.put("rule", value));
        letter.detailType().ifPresent(value -> values.put("detail_type", value));
        events.stream().findFirst().ifPresent(event -> {
            values.put("event_id", event.eventId());
            event.symbol().ifPresent(value -> values.put("symbol", value));
        });
        if (events.size() > 1) {
            values.put(
                    "event_ids",
                    events.stream().map(LetterEvents.Identified::eventId).toList());
        }
        values.put("attributes", letter.attributes());
        values.put("body", letter.body());
        return values;
    }

    /** A queue hands out as often as its redrive policy says; later receives are looks at the dead-letter queue. */
    private Optional<String> attempts(DeadLetter letter) {
        return letter.sender() == DeadLetter.Sender.QUEUE
                ? Optional.of(Integer.toString(
                        Math.min(letter.receives(), config.retry().receives())))
                : letter.attempts();
    }

    /** Only EventBridge names it; each detail type is one rule's. */
    private Optional<String> rule(DeadLetter letter) {
        return config.rules().stream()
                .filter(rule -> letter.detailType()
                        .filter(rule.detailTypes()::containsKey)
                        .isPresent())
                .map(rule -> config.names().rule(rule.name()))
                .findFirst();
    }
}
