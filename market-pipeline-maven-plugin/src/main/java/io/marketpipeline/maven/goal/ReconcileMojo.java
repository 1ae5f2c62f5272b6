package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.operate.TimeArgument;
import io.marketpipeline.maven.reconcile.Accepted;
import io.marketpipeline.maven.reconcile.Reconciliation;
import io.marketpipeline.maven.reconcile.TimeRange;
import io.marketpipeline.maven.replay.ReplaySpan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Proves that nothing is missing and nothing was tampered with: each event that the bus accepted is a row, rejected, a dead
 * letter, or expired; each row has its success record and is what the record says; no audit record was altered or deleted.
 * Names everything that doesn't add up, and fails then. Reads both tables from end to end, which costs their read units.
 * With {@code -q} and {@code -Dformat=json} the report is all that it writes; it is also in
 * {@code target/market-pipeline/reconcile-<env>.json}.
 */
@Mojo(name = "reconcile", configurator = PomConfigurator.HINT, threadSafe = true)
public final class ReconcileMojo extends AbstractPipelineMojo {
    /**
     * Manifests that {@code publish} wrote, joined by commas; by default all of this environment in the output folder
     * ({@code target/market-pipeline}). Without any, rows and records are held against each other and the log only.
     */
    @Parameter(property = "manifest")
    private @Nullable String manifest;

    /**
     * Where it stands what was accepted: {@code manifest} (default) or {@code archive}. The archive needs no publisher's
     * help: it is replayed to a rule and a queue that are there for this only, so that the function gets nothing of it. It
     * may take AWS some minutes.
     */
    @Parameter(property = "accepted", defaultValue = "manifest")
    private String accepted = "manifest";

    /**
     * Reports of {@code redrive}, joined by commas, which prove the records that it wrote; by default all of this
     * environment in the output folder.
     */
    @Parameter(property = "redriveReport")
    private @Nullable String redriveReport;

    /** {@code table} (default) or {@code json}; for example {@code -Dformat=json}. */
    @Parameter(property = "format", defaultValue = "table")
    private String format = "table";

    /**
     * Earliest event time of the rows and success records to hold against each other, inclusive: ISO 8601 with offset, a
     * date (UTC), or how long ago ({@code 15m}); everything by default. Audit chains are always checked whole. With
     * {@code -Daccepted=archive} it must be given and is when the bus took the first event that counts; rows and records are
     * checked whole then.
     */
    @Parameter(property = "from")
    private @Nullable String from;

    /** Latest event time, exclusive; written like {@code from}. */
    @Parameter(property = "to")
    private @Nullable String to;

    @Override
    void run(PipelineConfig config) throws IOException, InterruptedException {
        if (!List.of("table", "json").contains(format)) {
            throw new UserFixableException(
                    "-Dformat is '" + format + "', must be table or json; example: -Dformat=json");
        }
        Reconciliation.Request request = request(config);
        Path report = config.outputDirectory().resolve("reconcile-" + config.environment() + ".json");
        try (AwsClients clients = AwsClients.of(config)) {
            new Reconciliation(clients, config, console()).run(request, report, format.equals("json"));
        }
    }

    private Reconciliation.Request request(PipelineConfig config) throws IOException {
        Instant now = Instant.now();
        Optional<Instant> start = Optional.ofNullable(from).map(text -> TimeArgument.parse("-Dfrom", text, now));
        Optional<Instant> end = Optional.ofNullable(to).map(text -> TimeArgument.parse("-Dto", text, now));
        List<Path> reports = WrittenFiles.of(WrittenFiles.REDRIVE, redriveReport, project(), config);
        return switch (accepted) {
            case "manifest" ->
                new Reconciliation.Request(
                        new Accepted.ByManifests(WrittenFiles.of(WrittenFiles.MANIFEST, manifest, project(), config)),
                        new TimeRange(start, end),
                        reports);
            case "archive" -> {
                if (start.isEmpty() || end.isEmpty() || manifest != null) {
                    throw new UserFixableException("-Daccepted=archive takes -Dfrom and -Dto, when the bus took the"
                            + " events, and no -Dmanifest; example: -Dfrom=2026-11-20 -Dto=2026-11-21");
                }
                yield new Reconciliation.Request(
                        new Accepted.ByArchive(ReplaySpan.of(start.get(), end.get(), now)), TimeRange.ALL, reports);
            }
            default ->
                throw new UserFixableException(
                        "-Daccepted is '" + accepted
                                + "', must be manifest or archive; example: -Daccepted=archive -Dfrom=2026-11-20 -Dto=2026-11-21");
        };
    }
}
