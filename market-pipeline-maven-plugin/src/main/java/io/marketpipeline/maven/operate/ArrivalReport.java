package io.marketpipeline.maven.operate;

import io.marketpipeline.dynamodb.DynamoDbAuditTrailReader;
import io.marketpipeline.dynamodb.DynamoDbMarketDataReader;
import io.marketpipeline.maven.aws.AwsEnvironment;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.Table;
import io.marketpipeline.store.AuditEntry;
import io.marketpipeline.store.AuditTrailQuery;
import io.marketpipeline.store.MarketDataQuery;
import io.marketpipeline.store.Page;
import io.marketpipeline.store.PageRequest;
import io.marketpipeline.store.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Waits for what was published and tells what became of it: rows, audit records by status, dead letters, rate and
 * latency. Fails if an event is neither row nor dead letter, or if there is a row too many.
 */
final class ArrivalReport {
    private static final int PAGE = 1_000;
    private static final Duration AUDIT_PATIENCE = Duration.ofSeconds(30);
    private static final Duration AUDIT_POLL = Duration.ofMillis(500);

    private final DynamoDbClient client;
    private final DeadLetterQueue letters;
    private final PipelineConfig config;
    private final Console console;

    ArrivalReport(DynamoDbClient client, DeadLetterQueue letters, PipelineConfig config, Console console) {
        this.client = client;
        this.letters = letters;
        this.config = config;
        this.console = console;
    }

    /**
     * Waits, prints, judges.
     *
     * @param patience how long to wait without anything arriving
     * @throws UserFixableException naming the events that are missing, or the rows too many
     */
    void await(PublishOutcome outcome, Duration patience) throws InterruptedException {
        StoredRows rows = new StoredRows(client, config.names());
        Arrivals.Result result = new Arrivals(
                        rows,
                        letters,
                        new LetterEvents(config),
                        console,
                        InstantSource.system(),
                        duration -> Thread.sleep(duration.toMillis()))
                .await(outcome.accepted(), patience);
        Map<String, Long> audit = audit(rows, outcome, result);
        List<String> extra = rowsTooMany(outcome);
        print(outcome, result, audit);
        judge(result, extra);
    }

    /**
     * Records by status. Waits a moment for those written just behind their rows, and for the duplicates of rows that
     * an earlier run stored, or this one sent twice: these were there before the function saw the repetition.
     */
    private Map<String, Long> audit(StoredRows rows, PublishOutcome outcome, Arrivals.Result result)
            throws InterruptedException {
        Instant end = Instant.now().plus(AUDIT_PATIENCE);
        long sentTwice = outcome.accepted().size()
                - outcome.accepted().stream().map(Sent::key).distinct().count();
        long repeated = result.stored().size() - (long) result.latencies().size() + sentTwice;
        Map<String, Long> counts = countAll(rows, outcome);
        while (Instant.now().isBefore(end)
                && (counts.getOrDefault("SUCCESS", 0L) < result.stored().size()
                        || counts.getOrDefault("DUPLICATE", repeated) < repeated)) {
            Thread.sleep(AUDIT_POLL.toMillis());
            counts = countAll(rows, outcome);
        }
        return counts;
    }

    private Map<String, Long> countAll(StoredRows rows, PublishOutcome outcome) {
        Map<String, Long> counts = config.audit().index() ? new TreeMap<>(wallClockRecords(outcome)) : new TreeMap<>();
        counts.put("SUCCESS", count(rows, outcome.accepted(), "SUCCESS"));
        counts.put("REJECTED", count(rows, outcome.accepted(), "REJECTED"));
        return counts;
    }

    private static long count(StoredRows rows, List<Sent> events, String status) {
        Set<Sent.RowKey> found = new HashSet<>();
        for (int from = 0; from < events.size(); from += StoredRows.BATCH) {
            found.addAll(rows.audited(events.subList(from, Math.min(from + StoredRows.BATCH, events.size())), status));
        }
        return found.size();
    }

    /** Duplicates and errors have the time at which they happened, so those of this run are found by time. */
    private Map<String, Long> wallClockRecords(PublishOutcome outcome) {
        Set<String> ids =
                outcome.accepted().stream().map(event -> event.key().eventId()).collect(Collectors.toSet());
        var reader = new DynamoDbAuditTrailReader(
                client,
                config.names().auditTrailTable(),
                config.tables().readShards(),
                config.tables().indexProjection());
        Map<String, Long> counts = new TreeMap<>(Map.of("DUPLICATE", 0L, "ERROR", 0L));
        Set<String> types = new TreeSet<>();
        config.rules().forEach(rule -> types.addAll(rule.detailTypes().keySet()));
        for (String type : types) {
            AuditTrailQuery query = AuditTrailQuery.byEventType(type).ofStatuses(counts.keySet());
            PageRequest page =
                    PageRequest.builder().from(outcome.startedAt()).limit(PAGE).build();
            for (Optional<PageRequest> next = Optional.of(page); next.isPresent(); ) {
                Page<AuditEntry> read = reader.read(query, next.get());
                read.items().stream()
                        .filter(entry -> ids.contains(entry.eventId()))
                        .forEach(entry -> counts.merge(entry.status(), 1L, Long::sum));
                next = read.next().map(page::after);
            }
        }
        return counts;
    }

    /** Rows of the run's data sets that were stored since it began, and that none of its events makes. */
    private List<String> rowsTooMany(PublishOutcome outcome) {
        Set<Sent.RowKey> expected =
                outcome.accepted().stream().map(Sent::key).collect(Collectors.toCollection(HashSet::new));
        Set<String> uncertain = outcome.failed().stream()
                .map(result -> result.event().eventId())
                .collect(Collectors.toSet());
        var reader = new DynamoDbMarketDataReader(
                client,
                config.names().marketDataTable(),
                config.tables().readShards(),
                config.tables().indexProjection());
        List<String> extra = new ArrayList<>();
        for (SymbolSpan span : SymbolSpan.of(outcome.accepted())) {
            PageRequest page = PageRequest.builder()
                    .from(Instant.ofEpochMilli(span.from()))
                    .to(Instant.ofEpochMilli(span.to() + 1))
                    .limit(PAGE)
                    .build();
            for (Optional<PageRequest> next = Optional.of(page); next.isPresent(); ) {
                Page<StoredEvent> read = reader.read(MarketDataQuery.bySymbol(span.symbol()), next.get());
                for (StoredEvent row : read.items()) {
                    long millis = row.eventTime().toEpochMilli();
                    boolean ours = outcome.prefixes().stream().anyMatch(row.eventId()::startsWith);
                    boolean ofThisRun =
                            row.storedAt().filter(outcome.startedAt()::isBefore).isPresent();
                    if (ours
                            && ofThisRun
                            && !uncertain.contains(row.eventId())
                            && !expected.contains(new Sent.RowKey(row.eventId(), millis))) {
                        extra.add(row.eventId() + " at " + row.eventTime());
                    }
                }
                next = read.next().map(page::after);
            }
        }
        return extra;
    }

    private void print(PublishOutcome outcome, Arrivals.Result result, Map<String, Long> audit) {
        Percentiles latency = new Percentiles(result.latencies());
        Duration elapsed = Duration.between(outcome.startedAt(), result.lastStored());
        Table table = Table.plain()
                .row("events published", number(outcome.accepted().size()))
                .row("rows stored", number(result.stored().size()));
        audit.forEach((status, count) -> table.row("audit records " + status, number(count)));
        if (!config.audit().index()) {
            table.row("audit records DUPLICATE, ERROR", "not counted, as <audit><index> is false");
        }
        table.row("dead letters", number(result.dead().size()));
        if (!result.latencies().isEmpty()) {
            table.row(
                    "events/s",
                    PublishRun.rate(result.latencies().size(), elapsed) + " from first sent to last stored");
        }
        table.row(
                        "publish to stored p50",
                        latency.of(50).map(ms -> number(ms) + " ms").orElse("-"))
                .row(
                        "publish to stored p99",
                        latency.of(99).map(ms -> number(ms) + " ms").orElse("-"));
        long before = result.stored().size() - (long) result.latencies().size();
        if (before > 0) {
            table.row("stored by an earlier run", number(before));
        }
        table.lines().forEach(console::line);
    }

    private void judge(Arrivals.Result result, List<String> extra) {
        if (!result.missing().isEmpty()) {
            List<String> ids = result.missing().stream()
                    .map(event -> event.key().eventId())
                    .toList();
            throw new UserFixableException(PublishRun.count(ids.size(), "event")
                    + " that the bus accepted became neither a row nor a dead letter in time"
                    + result.look().doubt() + ":\n"
                    + PublishRun.shown(ids) + "\nThe function's log may say why: "
                    + AwsEnvironment.of(config).command("logs", "-Dsince=15m")
                    + "\nIf it is still working, wait longer with -DawaitTimeout");
        }
        if (!extra.isEmpty()) {
            throw new UserFixableException("Stored were " + PublishRun.count(extra.size(), "row")
                    + " too many, which no published event makes:\n" + PublishRun.shown(extra)
                    + "\nIf another run of the same data set was going on, wait for it and look again");
        }
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
