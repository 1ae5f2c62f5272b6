package io.marketpipeline.maven.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.event.RawData;
import io.marketpipeline.maven.operate.DeployedPipeline;
import io.marketpipeline.maven.operate.Injection;
import io.marketpipeline.maven.operate.InputFile;
import io.marketpipeline.maven.operate.LetterFilter;
import io.marketpipeline.maven.operate.MalformedPolicy;
import io.marketpipeline.maven.operate.Pacing;
import io.marketpipeline.maven.replay.ArchiveReading;
import io.marketpipeline.maven.replay.ReplayRun;
import io.marketpipeline.maven.replay.ReplaySpan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/**
 * A pipeline on the real local endpoint to which all happened that may happen by itself (retries, kills, duplicates, lost
 * events and their replay, dead letters and their redrive), and then what somebody does to its tables. Each test undoes
 * what it did.
 */
class ReconcileIT {
    private static final String ROWS = "market-data-it";
    private static final String RECORDS = "audit-trail-it";
    private static final String RULE = "trade-events-rule-it";
    private static final String BUS = "market-data-bus-it";
    private static final int TICKS = 30;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path directory;

    private static DeployedPipeline pipeline;
    private static Instant began;
    private static Instant lost;
    private static Instant found;

    @BeforeAll
    static void liveThroughADay() throws Exception {
        pipeline = DeployedPipeline.start(directory);
        began = Instant.now();
        publish("first", 0, PATIENCE);
        publish("again", 0, PATIENCE);
        killWhilePublishing();
        loseEvents();
        redriveALetterThatNeverCame();
    }

    @AfterAll
    static void end() {
        pipeline.close();
    }

    private static void publish(String name, int from, Duration patience) throws Exception {
        publish(name, from, patience, false);
    }

    private static void publish(String name, int from, Duration patience, boolean packed) throws Exception {
        List<String> lines = new ArrayList<>(List.of("symbol,exchange,event_time,price,volume,event_id"));
        IntStream.range(from, from + TICKS)
                .mapToObj(i -> "BAC,XNYS,2026-10-07T13:30:00.%03dZ,13.87,100,tick-%03d".formatted(i, i))
                .forEach(lines::add);
        Path file = Files.write(directory.resolve(name + ".csv"), lines);
        pipeline.operations()
                .publish(
                        List.of(new InputFile(file, name, Optional.empty(), Long.MAX_VALUE)),
                        Pacing.FASTEST,
                        Injection.NONE,
                        packed,
                        MalformedPolicy.FAIL,
                        directory.resolve(name + ".jsonl"),
                        patience.isZero() ? Optional.empty() : Optional.of(patience));
    }

    private static void killWhilePublishing() throws Exception {
        publish("killed", 100, Duration.ZERO);
        assertThat(DeployedPipeline.killFunctions()).as("killed processes").isPositive();
        publish("killed-again", 100, PATIENCE);
    }

    /** The bus takes events while no rule hands them on: only the archive has them. */
    private static void loseEvents() throws Exception {
        var events = pipeline.clients().eventBridge();
        events.disableRule(rule -> rule.name(RULE).eventBusName(BUS));
        lost = Instant.now();
        publish("lost", 200, Duration.ZERO);
        found = Instant.now();
        events.enableRule(rule -> rule.name(RULE).eventBusName(BUS));

        assertThat(reconcile(manifests("first", "lost")))
                .as("before the replay")
                .hasSize(TICKS)
                .allMatch(finding -> finding.startsWith("EVENT_MISSING tick-2"));
        assertThat(reconcile(archive(began, found)))
                .as("before the replay, by the archive")
                .hasSize(TICKS)
                .allMatch(finding -> finding.startsWith("EVENT_MISSING tick-2"));
        pipeline.said();
        new ReplayRun(pipeline.clients(), pipeline.config(), pipeline.console())
                .start(new ReplaySpan(began, found), List.of("trade-events"));
        assertThat(pipeline.said())
                .contains("Started replay market-pipeline-it-", " to rule trade-events", "Completed replay ");
        publish("lost-again", 200, PATIENCE);
    }

    private static void redriveALetterThatNeverCame() throws Exception {
        pipeline.letter(
                DeployedPipeline.trade("never-came"),
                Map.of(
                        "RULE_ARN",
                        "arn:aws:events:us-east-1:000000000000:rule/bus/" + RULE,
                        "ERROR_CODE",
                        "THROTTLING"));
        pipeline.letter(
                DeployedPipeline.trade("never-came-either"),
                Map.of(
                        "RULE_ARN",
                        "arn:aws:events:us-east-1:000000000000:rule/bus/" + RULE,
                        "ERROR_CODE",
                        "THROTTLING"));
        pipeline.operations().redrive(LetterFilter.ALL, 0, 10, directory.resolve("redrive.jsonl"));
    }

    private static Accepted manifests(String... names) {
        return new Accepted.ByManifests(List.of(names).stream()
                .map(name -> directory.resolve(name + ".jsonl"))
                .toList());
    }

    private static Accepted all() {
        return manifests("first", "again", "killed", "killed-again", "lost", "lost-again");
    }

    private static Accepted archive(Instant from, Instant to) {
        return new Accepted.ByArchive(new ReplaySpan(from, to));
    }

    /** What doesn't add up, each as kind and subject. */
    private static List<String> reconcile(Accepted accepted) throws Exception {
        Path report = directory.resolve("reconcile.json");
        // Quiet for longer than a busy machine leaves an event on its way to the queue.
        var patience = new ArchiveReading.Patience(Duration.ofMinutes(1), Duration.ofSeconds(3), Duration.ofMinutes(1));
        var reconciliation = new Reconciliation(
                pipeline.clients(),
                pipeline.config(),
                pipeline.console(),
                new ArchiveReading(pipeline.clients(), pipeline.config(), pipeline.console(), patience));
        List<Path> reports = List.of(directory.resolve("redrive.jsonl")).stream()
                .filter(Files::exists)
                .toList();
        return ReconciledFindings.of(
                reconciliation, new Reconciliation.Request(accepted, TimeRange.ALL, reports), report);
    }

    private static List<Map<String, AttributeValue>> items(String table) {
        return pipeline.clients().dynamoDb().scanPaginator(scan -> scan.tableName(table)).items().stream()
                .toList();
    }

    private static Map<String, AttributeValue> row(String eventId) {
        return items(ROWS).stream()
                .filter(row -> text(row, "event_id").equals(eventId))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, AttributeValue> record(String auditId) {
        return items(RECORDS).stream()
                .filter(record -> text(record, "audit_id").equals(auditId))
                .findFirst()
                .orElseThrow();
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        AttributeValue value = Objects.requireNonNull(item.get(name), name);
        return value.s() == null ? value.n() : value.s();
    }

    private static String named(Map<String, AttributeValue> item) {
        return text(item, item.containsKey("audit_id") ? "audit_id" : "event_id") + " at " + text(item, "timestamp");
    }

    private static void put(String table, Map<String, AttributeValue> item) {
        pipeline.clients().dynamoDb().putItem(put -> put.tableName(table).item(item));
    }

    private static void delete(String table, Map<String, AttributeValue> item) {
        String partition = table.equals(ROWS) ? "event_id" : "audit_id";
        pipeline.clients().dynamoDb().deleteItem(delete -> delete.tableName(table)
                .key(Map.of(
                        partition,
                        Objects.requireNonNull(item.get(partition)),
                        "timestamp",
                        Objects.requireNonNull(item.get("timestamp")))));
    }

    private static Map<String, AttributeValue> with(
            Map<String, AttributeValue> item, String name, AttributeValue value) {
        Map<String, AttributeValue> changed = new HashMap<>(item);
        changed.put(name, value);
        return changed;
    }

    /** The longest chain, in its order. */
    private static List<Map<String, AttributeValue>> chain() {
        Map<String, List<Map<String, AttributeValue>>> chains = new HashMap<>();
        items(RECORDS).forEach(record -> chains.computeIfAbsent(text(record, "writer_id"), id -> new ArrayList<>())
                .add(record));
        List<Map<String, AttributeValue>> longest =
                chains.values().stream().max(Comparator.comparing(List::size)).orElseThrow();
        longest.sort(Comparator.comparing(record -> Long.parseLong(text(record, "chain_number"))));
        assertThat(longest).hasSizeGreaterThan(5);
        return longest;
    }

    private static String place(Map<String, AttributeValue> record) {
        return "record " + text(record, "chain_number") + " of chain " + text(record, "writer_id");
    }

    /** What the loss of a success record leaves: a row without one. */
    private static List<String> unaudited(List<Map<String, AttributeValue>> records) {
        return records.stream()
                .filter(record -> text(record, "status").equals("SUCCESS"))
                .map(record -> "ROW_UNAUDITED " + text(record, "event_id") + " at " + text(record, "timestamp"))
                .toList();
    }

    private static long count(String status) {
        return items(RECORDS).stream()
                .filter(record -> text(record, "status").equals(status))
                .count();
    }

    @Test
    void pipelineThatNobodyTamperedWithAddsUp() throws Exception {
        assertThat(reconcile(all())).isEmpty();
        assertThat(reconcile(new Accepted.ByManifests(List.of()))).isEmpty();
        assertThat(count("DUPLICATE"))
                .as("the second publication and the replay")
                .isGreaterThan(2L * TICKS);
        assertThat(count("UNDELIVERED")).isEqualTo(2);
    }

    @Test
    void archiveIsAskedWithoutTheFunctionAndWithoutATrace() throws Exception {
        int records = items(RECORDS).size();

        assertThat(reconcile(archive(began, found))).isEmpty();

        assertThat(pipeline.said()).containsPattern("events accepted +90\\n").containsPattern(" +stored +90\\n");
        assertThat(items(RECORDS)).as("the function was not invoked").hasSize(records);
        assertThat(temporaries()).isEmpty();
    }

    @Test
    void archiveReadingRemovesWhatAKilledOneLeft() throws Exception {
        String left = "reconcile-it-20260101T000000000";
        pipeline.clients()
                .eventBridge()
                .putRule(rule -> rule.name(left).eventBusName(BUS).eventPattern("{\"source\":[\"nobody\"]}"));
        pipeline.clients().sqs().createQueue(queue -> queue.queueName(left));
        assertThat(temporaries()).hasSize(2);

        reconcile(archive(lost, found));

        assertThat(temporaries()).isEmpty();
    }

    /** One pack is lost as a whole; of the other an event is gone, one refused, one without an identity of its own. */
    @Test
    void packsAreAccountedForEventByEvent() throws Exception {
        var events = pipeline.clients().eventBridge();
        Instant from = Instant.now();
        events.disableRule(rule -> rule.name(RULE).eventBusName(BUS));
        publish("pack-lost", 300, Duration.ZERO, true);
        events.enableRule(rule -> rule.name(RULE).eventBusName(BUS));
        String entry = putPack(
                packed("\"event_id\":\"pack-1\",\"price\":13.87"),
                packed("\"event_id\":\"pack-2\",\"price\":13.87"),
                packed("\"event_id\":\"pack-3\",\"price\":\"none\""),
                packed("\"price\":13.87"));
        awaitRecords("pack-1#SUCCESS", "pack-2#SUCCESS", "pack-3#REJECTED", entry + "#3#SUCCESS");
        var row = row("pack-2");
        var record = record("pack-2#SUCCESS");
        delete(ROWS, row);
        delete(RECORDS, record);

        List<String> missing = IntStream.range(300, 300 + TICKS)
                .mapToObj("EVENT_MISSING tick-%03d"::formatted)
                .collect(Collectors.toCollection(ArrayList::new));
        missing.add("RECORD_DELETED " + place(record));
        assertThat(reconcile(manifests("pack-lost"))).containsExactlyInAnyOrderElementsOf(missing);
        missing.add("EVENT_MISSING pack-2");
        pipeline.said();
        assertThat(reconcile(archive(from, Instant.now()))).containsExactlyInAnyOrderElementsOf(missing);
        assertThat(pipeline.said())
                .containsPattern("events accepted +34\\n")
                .containsPattern(" +stored +2\\n")
                .containsPattern(" +rejected +1\\n")
                .containsPattern(" +missing +31\\n");

        put(ROWS, row);
        put(RECORDS, record);
        publish("pack-found", 300, PATIENCE, true);
        assertThat(reconcile(manifests("pack-lost"))).isEmpty();
    }

    private static String packed(String fields) {
        return "{" + fields + ",\"event_time\":\"2026-10-07T13:31:00Z\",\"symbol\":\"BAC\",\"exchange\":\"XNYS\","
                + "\"volume\":100}";
    }

    /** The id that the bus gave the entry. */
    private static String putPack(String... events) {
        return pipeline.clients()
                .eventBridge()
                .putEvents(put -> put.entries(PutEventsRequestEntry.builder()
                        .eventBusName(BUS)
                        .source("market.data")
                        .detailType("Trade Execution")
                        .detail("{\"events\":[" + String.join(",", events) + "]}")
                        .build()))
                .entries()
                .get(0)
                .eventId();
    }

    private static void awaitRecords(String... auditIds) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        List<String> missing = new ArrayList<>(List.of(auditIds));
        while (!missing.isEmpty()) {
            items(RECORDS).forEach(record -> missing.remove(text(record, "audit_id")));
            assertThat(Instant.now()).as("still without %s", missing).isBefore(end);
            Thread.sleep(100);
        }
    }

    private static List<String> temporaries() {
        List<String> names = new ArrayList<>();
        pipeline.clients()
                .eventBridge()
                .listRules(rules -> rules.eventBusName(BUS).namePrefix("reconcile-"))
                .rules()
                .forEach(rule -> names.add(rule.name()));
        names.addAll(pipeline.clients()
                .sqs()
                .listQueues(queues -> queues.queueNamePrefix("reconcile-"))
                .queueUrls());
        return names;
    }

    @Test
    void rowWhenAlteredIsNamed() throws Exception {
        var row = row("tick-003");
        put(ROWS, with(row, "price", AttributeValue.fromN("13.88")));

        assertThat(reconcile(all())).containsExactly("ROW_ALTERED " + named(row));
        put(ROWS, row);
    }

    @Test
    void rowWhenDeletedIsNamed() throws Exception {
        var row = row("tick-004");
        delete(ROWS, row);

        assertThat(reconcile(all())).containsExactlyInAnyOrder("ROW_DELETED " + named(row), "EVENT_MISSING tick-004");
        put(ROWS, row);
    }

    @Test
    void recordWhenAlteredIsNamed() throws Exception {
        var record = record("tick-005#SUCCESS");
        put(RECORDS, with(record, "details", AttributeValue.fromS("{}")));

        assertThat(reconcile(all())).containsExactly("RECORD_ALTERED " + named(record));
        put(RECORDS, record);
    }

    @Test
    void recordWhenDeletedFromTheMiddleOfItsChainIsNamed() throws Exception {
        var chain = chain();
        var record = chain.get(chain.size() / 2);
        delete(RECORDS, record);

        List<String> expected = new ArrayList<>(unaudited(List.of(record)));
        expected.add("RECORD_DELETED " + place(record));
        assertThat(reconcile(all())).containsExactlyInAnyOrderElementsOf(expected);
        put(RECORDS, record);
    }

    @Test
    void lastRecordsOfAChainWhenDeletedAreToldByTheLog() throws Exception {
        var chain = chain();
        var cut = chain.subList(chain.size() - 2, chain.size());
        cut.forEach(record -> delete(RECORDS, record));

        List<String> expected = new ArrayList<>(unaudited(cut));
        expected.add("RECORD_DELETED records " + text(cut.get(0), "chain_number") + " to "
                + text(cut.get(1), "chain_number") + " of chain " + text(cut.get(0), "writer_id"));
        assertThat(reconcile(all())).containsExactlyInAnyOrderElementsOf(expected);
        cut.forEach(record -> put(RECORDS, record));
    }

    @Test
    void rowWhenDeletedWithItsRecordIsNamedByTheChainAndByWhatWasAccepted() throws Exception {
        var row = row("tick-006");
        var record = record("tick-006#SUCCESS");
        delete(ROWS, row);
        delete(RECORDS, record);

        assertThat(reconcile(all()))
                .containsExactlyInAnyOrder("EVENT_MISSING tick-006", "RECORD_DELETED " + place(record));
        assertThat(reconcile(archive(began, found)))
                .containsExactlyInAnyOrder("EVENT_MISSING tick-006", "RECORD_DELETED " + place(record));
        put(ROWS, row);
        put(RECORDS, record);
    }

    @Test
    void rowOfSomebodyElseIsNamed() throws Exception {
        var row = with(row("tick-007"), "event_id", AttributeValue.fromS("foreign"));
        put(ROWS, row);

        assertThat(reconcile(all())).containsExactly("ROW_UNAUDITED " + named(row));
        delete(ROWS, row);
    }

    @Test
    void recordsWhenTheirContentIsSwappedAreBothNamed() throws Exception {
        var one = record("tick-008#SUCCESS");
        var other = record("tick-009#SUCCESS");
        for (String key : List.of("audit_id", "timestamp")) {
            assertThat(one).containsKey(key);
        }
        put(RECORDS, under(one, other));
        put(RECORDS, under(other, one));

        assertThat(reconcile(all()))
                .contains("RECORD_ALTERED " + named(one), "RECORD_ALTERED " + named(other))
                .allMatch(finding -> finding.contains("tick-008") || finding.contains("tick-009"));
        put(RECORDS, one);
        put(RECORDS, other);
    }

    /** The content of {@code content} under the key of {@code key}. */
    private static Map<String, AttributeValue> under(
            Map<String, AttributeValue> key, Map<String, AttributeValue> content) {
        return with(
                with(content, "audit_id", Objects.requireNonNull(key.get("audit_id"))),
                "timestamp",
                Objects.requireNonNull(key.get("timestamp")));
    }

    @Test
    void undeliveredRecordWhenDeletedIsToldByTheReportOfItsRedrive() throws Exception {
        var record = items(RECORDS).stream()
                .filter(one -> text(one, "status").equals("UNDELIVERED"))
                .max(Comparator.comparing(one -> text(one, "chain_number")))
                .orElseThrow();
        delete(RECORDS, record);

        assertThat(reconcile(all())).containsExactly("RECORD_DELETED " + place(record));
        put(RECORDS, record);
    }

    @Test
    void letterThatSqsMovedFromTheBufferCountsAsADeadLetter() throws Exception {
        String detail = "{\"event_id\":\"moved\",\"event_time\":\"2026-11-22T14:30:00.123Z\",\"symbol\":\"BAC\","
                + "\"exchange\":\"XNYS\",\"price\":13.87,\"volume\":100}";
        Files.writeString(
                directory.resolve("moved.jsonl"),
                "{\"event_id\":\"moved\",\"status\":\"accepted\",\"sha256\":\""
                        + RawData.of(detail).sha256() + "\"}\n",
                StandardOpenOption.CREATE);
        assertThat(reconcile(manifests("moved"))).containsExactly("EVENT_MISSING moved");

        pipeline.letter(DeployedPipeline.envelope("moved", "2026-11-22T14:30:00Z", detail), Map.of());

        assertThat(reconcile(manifests("moved"))).isEmpty();
        pipeline.clients().sqs().purgeQueue(purge -> purge.queueUrl(pipeline.queueUrl()));
    }

    @Test
    void replayThatIsUnknownOrOverIsNamed() {
        ReplayRun run = new ReplayRun(pipeline.clients(), pipeline.config(), pipeline.console());

        assertThatThrownBy(() -> run.attach("nobody"))
                .hasMessageStartingWith(
                        "There is no replay 'nobody'. Of environment 'it' there are: market-pipeline-it-")
                .hasMessageEndingWith(" (COMPLETED)");
        String over = pipeline.clients()
                .eventBridge()
                .listReplays(all -> all.namePrefix("market-pipeline-it-"))
                .replays()
                .get(0)
                .replayName();
        assertThatThrownBy(() -> run.cancel(over))
                .hasMessage("Replay " + over + " can't be cancelled: it is COMPLETED");
        assertThatThrownBy(() -> run.start(new ReplaySpan(began, found), List.of("none")))
                .hasMessage("-Drule is 'none', must be a rule of the pom: trade-events, quote-events");
        assertThatThrownBy(() -> run.start(new ReplaySpan(began.minus(Duration.ofDays(31)), found), List.of()))
                .hasMessageContaining("but the archive keeps events for 30 days");
        assertThatThrownBy(() -> run.start(
                        new ReplaySpan(began.minus(Duration.ofDays(2)), began.minus(Duration.ofDays(1))), List.of()))
                .hasMessageContaining("but the archive was made at");
    }
}
