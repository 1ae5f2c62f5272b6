package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.operate.TimeArgument;
import io.marketpipeline.maven.reconcile.Reconciliation;
import io.marketpipeline.maven.reconcile.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Proves that nothing is missing and nothing was tampered with: each event that the bus accepted is a row, rejected, a dead
 * letter, or expired; each row has its success record and is what the record says; no audit record was altered or deleted.
 * Names everything that doesn't add up, and fails then. Reads both tables from end to end, which costs their read units.
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
     * Earliest event time of the rows and success records to hold against each other, inclusive: ISO 8601 with offset, a
     * date (UTC), or how long ago ({@code 15m}); everything by default. Audit chains are always checked whole.
     */
    @Parameter(property = "from")
    private @Nullable String from;

    /** Latest event time, exclusive; written like {@code from}. */
    @Parameter(property = "to")
    private @Nullable String to;

    @Override
    void run(PipelineConfig config) throws IOException, InterruptedException {
        Instant now = Instant.now();
        TimeRange range = new TimeRange(
                Optional.ofNullable(from).map(text -> TimeArgument.parse("-Dfrom", text, now)),
                Optional.ofNullable(to).map(text -> TimeArgument.parse("-Dto", text, now)));
        List<Path> manifests = manifest == null
                ? manifestsIn(config)
                : Arrays.stream(manifest.split(",", -1)).map(this::resolved).toList();
        Path report = config.outputDirectory().resolve("reconcile-" + config.environment() + ".json");
        try (AwsClients clients = AwsClients.of(config)) {
            new Reconciliation(clients, config, console()).run(manifests, range, report);
        }
    }

    private Path resolved(String file) {
        return project().getBasedir() == null
                ? Path.of(file)
                : project().getBasedir().toPath().resolve(file);
    }

    private static List<Path> manifestsIn(PipelineConfig config) throws IOException {
        if (!Files.isDirectory(config.outputDirectory())) {
            return List.of();
        }
        String prefix = "manifest-" + config.environment() + "-";
        try (Stream<Path> files = Files.list(config.outputDirectory())) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }
}
