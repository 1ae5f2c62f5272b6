package io.marketpipeline.maven.story;

import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.event.Envelope;
import io.marketpipeline.maven.operate.DeadLetter;
import io.marketpipeline.maven.output.Visible;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.MarketDataTable;
import io.marketpipeline.store.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells a story in lines: for each version where its row is, who published it, and what happened in the order of time. */
final class StoryText {
    private static final String EVENT_TIME_MS = "event_time_ms";
    private static final String DEEP = "                            ";

    private final List<String> lines = new ArrayList<>();

    private StoryText() {}

    static List<String> of(EventStory story) {
        StoryText text = new StoryText();
        if (story.versions().isEmpty()) {
            text.line("Nothing is known of event " + story.eventId() + " in environment " + story.environment()
                    + ": no row, no audit record, no line of a manifest; "
                    + story.queue().words());
        }
        for (Version version : story.versions()) {
            text.version(story, version);
        }
        return text.lines;
    }

    /** Whatever publishers wrote stays in its line. */
    private void line(String text) {
        lines.add(Visible.of(text));
    }

    private void version(EventStory story, Version version) {
        if (!lines.isEmpty()) {
            line("");
        }
        line("Event " + story.eventId() + ", " + version.detailType().orElse("of unknown type") + " of "
                + eventTime(version));
        line("  row        " + row(version.state()));
        version.row().ifPresent(row -> line("             " + summary(row)));
        line("  published  by " + publisher(version));
        line("  content    " + content(version));
        version.letters().forEach(letter -> line("  waits      in the dead-letter queue, " + letter(letter)));
        if (version.letters().isEmpty()) {
            line("  waits      " + story.queue().words());
        }
        line("");
        Stream.of(
                        version.published().stream().flatMap(StoryText::step),
                        version.row().stream().flatMap(StoryText::step),
                        version.attempts().stream().map(attempt -> step(attempt, version)),
                        version.letters().stream().map(StoryText::step))
                .flatMap(steps -> steps)
                .sorted(Comparator.comparing(Step::at).thenComparing(Step::rank))
                .forEach(this::step);
    }

    /**
     * What happened at a time.
     *
     * @param rank order of what happened in the same instant, as seconds and milliseconds meet here
     */
    private record Step(Instant at, int rank, String what, List<String> more) {}

    private void step(Step step) {
        line("  " + (step.at + "                        ").substring(0, 24) + "  " + step.what);
        step.more.stream().filter(more -> !more.isEmpty()).forEach(more -> line(DEEP + more));
    }

    private static String eventTime(Version version) {
        return version.row()
                .map(StoredEvent::eventTime)
                .or(() -> version.eventTime().isPresent() && version.eventTime().getAsLong() != 0
                        ? Optional.of(Instant.ofEpochMilli(version.eventTime().getAsLong()))
                        : Optional.empty())
                .map(Instant::toString)
                .orElse("an unknown time");
    }

    private static String row(RowState state) {
        String since = state.since().map(Instant::toString).orElse("");
        return switch (state.where()) {
            case STORED ->
                "is stored, " + (since.isEmpty() ? "for ever" : "until " + since)
                        + state.asRecorded()
                                .map(same -> same
                                        ? ", as its SUCCESS record says"
                                        : "; IT ISN'T THE ROW THAT ITS SUCCESS RECORD SAYS, see reconcile")
                                .orElse("");
            case EXPIRED -> "expired at " + since + "; DynamoDB hasn't deleted it yet, readers leave it out";
            case EXPIRED_AND_GONE -> "expired at " + since + " by <ttl>, and is deleted";
            case MISSING ->
                "ISN'T THERE, ALTHOUGH ITS SUCCESS RECORD IS, and by <ttl> it lives "
                        + (since.isEmpty() ? "for ever" : "until " + since) + ", see reconcile";
            case NEVER_STORED -> "was never stored";
        };
    }

    private static String summary(StoredEvent row) {
        return Stream.of(
                        MarketDataTable.SYMBOL,
                        MarketDataTable.EXCHANGE,
                        MarketDataTable.PRICE,
                        MarketDataTable.VOLUME,
                        MarketDataTable.BID_PRICE,
                        MarketDataTable.BID_SIZE,
                        MarketDataTable.ASK_PRICE,
                        MarketDataTable.ASK_SIZE,
                        MarketDataTable.REF_EVENT_ID)
                .flatMap(name -> row.text(name).map(value -> name + " " + value).stream())
                .collect(Collectors.joining(", "));
    }

    private static String publisher(Version version) {
        List<String> sources = version.sources();
        List<String> accounts = version.accounts();
        return (sources.isEmpty() ? "an unknown source" : String.join(" and ", sources))
                + (accounts.isEmpty() ? "" : ", account " + String.join(" and ", accounts));
    }

    private static String content(Version version) {
        List<String> hashes = List.copyOf(version.hashes());
        return switch (hashes.size()) {
            case 0 -> "of unknown hash";
            case 1 -> "sha256 " + hashes.get(0);
            default -> hashes.size() + " different: sha256 " + String.join(", ", hashes);
        };
    }

    private static Stream<Step> step(Published event) {
        String status =
                switch (event.status()) {
                    case "accepted" ->
                        "published: the bus accepted it as entry "
                                + event.entryId().orElse("of unknown id");
                    case "unknown" -> "published, but whether the bus accepted it isn't known";
                    default -> "refused by the bus";
                };
        return Stream.of(new Step(
                event.sentAt().orElse(Instant.EPOCH),
                0,
                status + event.reason().map(reason -> ": " + reason).orElse(""),
                List.of("manifest " + event.manifest() + ", sha256 " + event.sha256())));
    }

    private static Stream<Step> step(StoredEvent row) {
        String request = row.text(MarketDataTable.REQUEST_ID)
                .map(id -> ", request " + id)
                .orElse("");
        return Stream.of(
                        row.publishTime().map(at -> new Step(at, 1, "published, as the event itself says", List.of())),
                        row.receivedAt().map(at -> new Step(at, 2, "received" + request, List.of())),
                        row.storedAt().map(at -> new Step(at, 3, "stored" + request, List.of())))
                .flatMap(Optional::stream);
    }

    private static Step step(Attempt attempt, Version version) {
        List<String> more = new ArrayList<>();
        more.addAll(reasons(attempt));
        more.add(join(
                attempt.receivedAt().map(at -> "received " + at),
                attempt.record().text(AuditTrailTable.REQUEST_ID).map(id -> "request " + id),
                attempt.detail("function_version").map(number -> "function version " + number),
                attempt.detail("code_version").map(code -> "code " + code),
                attempt.detail("log_stream").map(stream -> "log stream " + stream)));
        more.add(join(
                attempt.record()
                        .text(AuditTrailTable.WRITER_ID)
                        .map(writer -> "writer " + writer + " number "
                                + attempt.record()
                                        .text(AuditTrailTable.CHAIN_NUMBER)
                                        .orElse("?")),
                attempt.rawSha256().map(hash -> "sha256 " + hash)));
        return new Step(at(attempt, version), 4, attempt.record().status() + ": " + outcome(attempt, version), more);
    }

    /** Its record's time is in seconds; a success comes after the row's storing, whose milliseconds are known. */
    private static Instant at(Attempt attempt, Version version) {
        return version.row()
                .flatMap(StoredEvent::storedAt)
                .filter(stored -> attempt.is(AuditStatus.SUCCESS) && stored.isAfter(attempt.at()))
                .orElse(attempt.at());
    }

    private static String outcome(Attempt attempt, Version version) {
        if (attempt.is(AuditStatus.SUCCESS)) {
            return success(attempt, version);
        }
        if (attempt.is(AuditStatus.DUPLICATE)) {
            return "stored before" + first(attempt).map(by -> " by " + by).orElse("");
        }
        if (attempt.is(AuditStatus.ERROR)) {
            return attempt.detail("error").orElse("failed");
        }
        if (attempt.is(AuditStatus.UNDELIVERED)) {
            return undelivered(attempt)
                    + join(
                            attempt.detail("sender").map(sender -> "given up by " + sender),
                            attempt.detail("reason"),
                            attempt.detail("error").filter(error -> !error.isEmpty()),
                            attempt.detail("rule").map(rule -> "rule " + rule),
                            attempt.detail("dead_lettered_at").map(at -> "since " + at),
                            attempt.detail("written_by").map(goal -> "recorded by " + goal));
        }
        return attempt.is(AuditStatus.REJECTED) ? "refused for good" : "";
    }

    private static String success(Attempt attempt, Version version) {
        boolean other = attempt.detail(EVENT_TIME_MS).isPresent();
        Optional<Instant> storedAt = attempt.millis(Attempt.FIRST_STORED_AT_MS);
        String stored = other ? otherRow(attempt, version) : "stored";
        // The first died before it could write one, ran at the same time, wrote it elsewhere, or its record has
        // expired.
        return first(attempt)
                .map(by -> stored + " by " + by + "; recorded by this request, as there was no record under this key")
                .or(() -> storedAt.map(at -> other ? stored + " at " + at : "stored by an earlier try at " + at))
                .orElse(stored);
    }

    /** As there was the record of another row; that the one before was gone isn't known by that alone. */
    private static String otherRow(Attempt attempt, Version version) {
        return version.isStoredAgain(attempt)
                ? "stored again, as the row before it was gone,"
                : "a row other than the recorded one, stored";
    }

    private static Optional<String> first(Attempt attempt) {
        return attempt.detail("first_request_id")
                .map(id -> "request " + id
                        + attempt.millis(Attempt.FIRST_STORED_AT_MS)
                                .map(at -> " at " + at)
                                .orElse(""));
    }

    /** A queue doesn't say what became of what it handed out, and a function that ran may have been unable to write. */
    private static String undelivered(Attempt attempt) {
        boolean mayHaveRun = attempt.detail("sender")
                        .filter(DeadLetter.Sender.QUEUE.label()::equals)
                        .isPresent()
                || attempt.detail("reason")
                        .filter(DeadLetter.FUNCTION_FAILED::equals)
                        .isPresent();
        return mayHaveRun ? "the function left no record of it; " : "never came to the function; ";
    }

    private static List<String> reasons(Attempt attempt) {
        List<String> reasons = new ArrayList<>();
        attempt.details()
                .path("rejections")
                .forEach(rejection -> reasons.add(rejection.path("reason").asText() + ": "
                        + rejection.path("message").asText()));
        return reasons;
    }

    private static Step step(WaitingLetter letter) {
        Envelope envelope = letter.event().envelope();
        return new Step(
                letter.letter().firstSeen(),
                5,
                "dead letter " + letter(letter),
                List.of(join(
                        Optional.ofNullable(envelope.id()).map(id -> "entry " + id),
                        Optional.ofNullable(envelope.time()).map(at -> "which the bus took at " + at),
                        Optional.of("sha256 " + letter.event().sha256()))));
    }

    private static String letter(WaitingLetter waiting) {
        DeadLetter letter = waiting.letter();
        return "by " + letter.sender().label() + ": " + letter.reason()
                + (letter.message().isEmpty() ? "" : " (" + letter.message() + ")") + ", received "
                + letter.receives() + (letter.receives() == 1 ? " time" : " times")
                + letter.rule().map(rule -> ", rule " + rule).orElse("")
                + (waiting.others() == 0 ? "" : ", together with " + waiting.others() + " other events");
    }

    @SafeVarargs
    private static String join(Optional<String>... parts) {
        StringJoiner joined = new StringJoiner(", ");
        for (Optional<String> part : parts) {
            part.ifPresent(joined::add);
        }
        return joined.toString();
    }
}
