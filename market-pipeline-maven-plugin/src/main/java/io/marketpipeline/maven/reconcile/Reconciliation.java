package io.marketpipeline.maven.reconcile;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.operate.DeadLetterQueue;
import io.marketpipeline.maven.operate.StackCalls;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.Table;
import io.marketpipeline.maven.reconcile.AcceptedEvents.Fate;
import io.marketpipeline.maven.reconcile.Finding.Kind;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.MarketDataTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Proves that accepted = stored + rejected + dead-lettered + expired, that each row has its success record and is what the
 * record says, and that no record was altered or deleted. Reads both tables from end to end; memory holds some hundred
 * bytes for each audit record. For one thread, one use.
 */
public final class Reconciliation {
    private static final int LETTERS = 100_000;
    private static final int SHOWN = 20;

    private final AwsClients clients;
    private final PipelineConfig config;
    private final Console console;
    private final StackCalls calls;

    public Reconciliation(AwsClients clients, PipelineConfig config, Console console) {
        this.clients = clients;
        this.config = config;
        this.console = console;
        this.calls = new StackCalls(clients, config);
    }

    /**
     * Checks, prints, writes the report, and judges.
     *
     * @param manifests of {@code publish}; without any only the tables are held against each other and the log
     * @param range event times whose rows are held against their records; chains are checked whole
     * @param report file to write
     * @throws UserFixableException naming what doesn't add up
     */
    public void run(List<Path> manifests, TimeRange range, Path report) throws IOException, InterruptedException {
        AcceptedEvents accepted = AcceptedEvents.of(manifests);
        RowCheck rows = new RowCheck(range, config.ttl(), config.audit(), Instant.now());
        ChainCheck chain = new ChainCheck();
        TableScan scan = new TableScan(clients.dynamoDb());
        // Heads first: a record written while we read is then behind the last head, not missing below it.
        calls.during("read the audit chains' heads from the function's log", () -> {
            new LoggedHeads(clients.logs(), config.names().logGroup()).each(chain::head);
            return chain;
        });
        calls.during("read the audit trail", () -> {
            scan.each(config.names().auditTrailTable(), record -> {
                chain.record(record);
                audited(record, rows, accepted);
            });
            return chain;
        });
        calls.during("read the market data", () -> {
            scan.each(config.names().marketDataTable(), row -> {
                rows.row(row);
                accepted.became(Fate.STORED, row.get(MarketDataTable.RAW_SHA256));
            });
            return rows;
        });
        rows.finish(accepted);
        accepted.deadLetters(calls.during("read the dead letters", this::letters));

        List<Finding> findings = new ArrayList<>();
        accepted.missing()
                .forEach(id -> findings.add(new Finding(
                        Kind.EVENT_MISSING,
                        id,
                        "the bus accepted it, and it is neither row, rejected, dead letter nor expired")));
        findings.addAll(rows.findings());
        findings.addAll(chain.findings(config.audit().retentionDays().isPresent()));
        Map<String, Long> counts = counts(accepted, rows, chain);
        print(counts);
        write(report, manifests, counts, findings);
        judge(findings, report);
    }

    private static void audited(Map<String, Object> record, RowCheck rows, AcceptedEvents accepted) {
        Object status = record.get(AuditTrailTable.STATUS);
        if (AuditStatus.SUCCESS.name().equals(status)) {
            rows.success(record);
        } else if (AuditStatus.REJECTED.name().equals(status)) {
            accepted.became(Fate.REJECTED, record.get(AuditTrailTable.RAW_SHA256));
        }
    }

    private Set<String> letters() {
        String url = clients.sqs()
                .getQueueUrl(request -> request.queueName(config.names().deadLetterQueue()))
                .queueUrl();
        return new DeadLetterQueue(clients.sqs(), url)
                .browse(LETTERS).stream()
                        .flatMap(letter -> LetterIdentities.of(letter).stream())
                        .collect(Collectors.toSet());
    }

    private static Map<String, Long> counts(AcceptedEvents accepted, RowCheck rows, ChainCheck chain) {
        Map<String, Long> counts = new LinkedHashMap<>();
        if (accepted.size() > 0) {
            counts.put("events accepted", (long) accepted.size());
            accepted.fates()
                    .forEach((fate, count) -> counts.put(
                            "  " + fate.name().toLowerCase(Locale.ROOT).replace('_', ' '), count));
        }
        counts.put("rows checked", rows.rows());
        if (rows.inherited() > 0) {
            counts.put("rows of the Terraform original", rows.inherited());
        }
        counts.put("audit records in chains", chain.records());
        counts.put("chains", (long) chain.chains());
        counts.put("heads in the log", (long) chain.heads());
        counts.put("records behind the last head", chain.unfixed());
        return counts;
    }

    private void print(Map<String, Long> counts) {
        Table table = Table.plain();
        counts.forEach((name, count) -> table.row(name, String.format(Locale.ROOT, "%,d", count)));
        table.lines().forEach(console::result);
    }

    private void write(Path file, List<Path> manifests, Map<String, Long> counts, List<Finding> findings)
            throws IOException {
        JsonMapper json = new JsonMapper();
        ObjectNode report = json.createObjectNode();
        report.put("environment", config.environment());
        report.put("checkedAt", Instant.now().toString());
        manifests.forEach(manifest -> report.withArray("manifests").add(manifest.toString()));
        counts.forEach(
                (name, count) -> report.withObject("/counts").put(name.strip().replace(' ', '_'), count));
        report.putArray("findings");
        findings.forEach(finding -> report.withArray("findings")
                .addObject()
                .put("kind", finding.kind().name())
                .put("subject", finding.subject())
                .put("message", finding.message()));
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Files.writeString(file, json.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
    }

    private void judge(List<Finding> findings, Path report) {
        if (findings.isEmpty()) {
            console.line("All adds up. Report: " + report);
            return;
        }
        String lines = findings.stream().limit(SHOWN).map(Finding::line).collect(Collectors.joining("\n"));
        throw new UserFixableException(findings.size() + (findings.size() == 1 ? " thing doesn't" : " things don't")
                + " add up:\n" + lines
                + (findings.size() > SHOWN ? "\n... and " + (findings.size() - SHOWN) + " more" : "")
                + "\nAll are in " + report + ". What each means and what to do: docs/operations.md, 'reconcile'");
    }
}
