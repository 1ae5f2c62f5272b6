package io.marketpipeline.maven.reconcile;

import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.operate.DeadLetterQueue;
import io.marketpipeline.maven.operate.LetterEvents;
import io.marketpipeline.maven.operate.LetterLook;
import io.marketpipeline.maven.operate.StackCalls;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.reconcile.AcceptedEvents.Fate;
import io.marketpipeline.maven.reconcile.Finding.Kind;
import io.marketpipeline.maven.replay.ArchiveReading;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.MarketDataTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Proves that accepted = stored + rejected + dead-lettered + expired, that each row has its success record and is what the
 * record says, and that no record was altered or deleted. Reads both tables from end to end; memory holds some hundred
 * bytes for each audit record. For one thread, one use.
 */
public final class Reconciliation {
    private static final int LETTERS = 100_000;

    private final AwsClients clients;
    private final PipelineConfig config;
    private final Console console;
    private final StackCalls calls;
    private final LetterEvents reader;
    private final ArchiveReading archive;
    private final String logGroup;

    public Reconciliation(AwsClients clients, PipelineConfig config, Console console) {
        this(clients, config, console, new ArchiveReading(clients, config, console));
    }

    Reconciliation(AwsClients clients, PipelineConfig config, Console console, ArchiveReading archive) {
        this(clients, config, console, archive, config.names().logGroup());
    }

    /**
     * A reconciliation by the log of one function of several that share tables.
     *
     * @param logGroup has the heads of the function's chains; those of others count as never logged
     */
    Reconciliation(
            AwsClients clients, PipelineConfig config, Console console, ArchiveReading archive, String logGroup) {
        this.clients = clients;
        this.config = config;
        this.console = console;
        this.calls = new StackCalls(clients, config);
        this.reader = new LetterEvents(config);
        this.archive = archive;
        this.logGroup = logGroup;
    }

    /**
     * What to check.
     *
     * @param accepted where it stands what was accepted
     * @param range event times whose rows are held against their records; chains are checked whole
     * @param redriveReports reports of {@code redrive}, which have the heads of the records that it wrote
     */
    public record Request(Accepted accepted, TimeRange range, List<Path> redriveReports) {
        public Request {
            redriveReports = List.copyOf(redriveReports);
        }
    }

    /**
     * Checks, prints, writes the report, and judges.
     *
     * @param file of the report
     * @param json whether the report is to be printed, too
     * @throws UserFixableException naming what doesn't add up
     */
    public void run(Request request, Path file, boolean json) throws IOException, InterruptedException {
        Instant now = Instant.now();
        AcceptedEvents accepted = accepted(request.accepted());
        RowCheck rows = new RowCheck(
                request.range(),
                config.ttl().shortestDays(),
                config.audit().retentionDays(),
                new RawDataCheck(LetterEvents.decoder(config)),
                now);
        ChainCheck chain = new ChainCheck(config.audit().retentionDays(), now);
        ReportedHeads.each(request.redriveReports(), head -> chain.head(head, null));
        LetterLook letters = read(accepted, rows, chain);

        List<Finding> findings = new ArrayList<>();
        accepted.missing()
                .forEach(id -> findings.add(new Finding(
                        Kind.EVENT_MISSING,
                        id,
                        "the bus accepted it, and it is neither row, rejected, dead letter nor expired"
                                + letters.doubt())));
        findings.addAll(rows.findings());
        findings.addAll(chain.findings());
        ReconcileReport report =
                new ReconcileReport(config.environment(), now, request, counts(accepted, rows, chain), findings);
        report.write(file);
        if (json) {
            console.result(report.json());
        } else {
            report.print(console);
        }
        report.judge(file, console);
    }

    private AcceptedEvents accepted(Accepted source) throws IOException, InterruptedException {
        if (source instanceof Accepted.ByManifests manifests) {
            return AcceptedEvents.ofManifests(manifests.files());
        }
        AcceptedEvents accepted = AcceptedEvents.byIdentity();
        archive.each(((Accepted.ByArchive) source).span(), payload -> reader.of(payload)
                .forEach(event -> accepted.accept(event.eventId(), event.sha256())));
        return accepted;
    }

    private LetterLook read(AcceptedEvents accepted, RowCheck rows, ChainCheck chain)
            throws IOException, InterruptedException {
        TableScan scan = new TableScan(clients.dynamoDb());
        // Heads first: a record written while we read is then behind the last head, not missing below it.
        calls.during("read the audit chains' heads from the function's log", () -> {
            new LoggedHeads(clients.logs(), logGroup).each(chain::head);
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
                accepted.became(Fate.STORED, row.get(MarketDataTable.EVENT_ID), row.get(MarketDataTable.RAW_SHA256));
            });
            return rows;
        });
        rows.finish();
        return calls.during("read the dead letters", () -> letters(accepted));
    }

    private static void audited(Map<String, Object> record, RowCheck rows, AcceptedEvents accepted) {
        Object status = record.get(AuditTrailTable.STATUS);
        Object eventId = record.get(AuditTrailTable.EVENT_ID);
        Object sha256 = record.get(AuditTrailTable.RAW_SHA256);
        if (AuditStatus.SUCCESS.name().equals(status)) {
            rows.success(record);
            if (rows.mayHaveExpired(record)) {
                accepted.became(Fate.EXPIRED, eventId, sha256);
            }
        } else if (AuditStatus.REJECTED.name().equals(status)) {
            accepted.became(Fate.REJECTED, eventId, sha256);
        }
    }

    private LetterLook letters(AcceptedEvents accepted) {
        String url = clients.sqs()
                .getQueueUrl(request -> request.queueName(config.names().deadLetterQueue()))
                .queueUrl();
        return new DeadLetterQueue(clients.sqs(), url).browse(LETTERS, letter -> {
            letter.damage().ifPresent(console::warn);
            reader.of(letter).forEach(event -> accepted.became(Fate.DEAD_LETTER, event.eventId(), event.sha256()));
        });
    }

    private static Map<String, Long> counts(AcceptedEvents accepted, RowCheck rows, ChainCheck chain) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("events accepted", (long) accepted.size());
        if (accepted.size() > 0) {
            accepted.fates()
                    .forEach((fate, count) -> counts.put(
                            "  " + fate.name().toLowerCase(Locale.ROOT).replace('_', ' '), count));
        }
        counts.put("rows checked", rows.rows());
        if (rows.inherited() > 0) {
            counts.put("rows of the Terraform original", rows.inherited());
        }
        if (rows.storedAgain() > 0) {
            counts.put("rows stored again after expiry", rows.storedAgain());
        }
        counts.put("audit records in chains", chain.records());
        counts.put("chains", (long) chain.chains());
        counts.put("heads in the log", (long) chain.heads());
        counts.put("records behind the last head", chain.unfixed());
        return counts;
    }
}
