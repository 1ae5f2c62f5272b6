package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.operate.Operations;
import io.marketpipeline.maven.operate.OutputFormat;
import io.marketpipeline.maven.operate.QueryArguments;
import io.marketpipeline.maven.story.EventStories;
import io.marketpipeline.store.AuditTrailQuery;
import java.io.IOException;
import java.time.Instant;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Prints audit records by the events' detail type, or the story of one event: who published it, when it happened, was
 * published, received and stored, each attempt with outcome, reason, request, code and place in the audit chain, the hash of
 * what came, where the row is now, and the dead letters of it that wait in the queue; apart for each event time, where
 * several came under one identity. Records of the Terraform original are found by detail type only, since their keys are
 * random.
 */
@Mojo(name = "audit", configurator = PomConfigurator.HINT, threadSafe = true)
public final class AuditMojo extends AbstractPipelineMojo {
    /** Detail type; this or {@code eventId} must be given. Example: {@code -DeventType="Trade Execution"}. */
    @Parameter(property = "eventType")
    private @Nullable String eventType;

    /**
     * Identity of an event whose story is told. With {@code status}, {@code from}, {@code to} or the format {@code csv} its
     * records alone are listed. Example: {@code -DeventId=BAC-2013-10-07-trades:trade:BAC:7}.
     */
    @Parameter(property = "eventId")
    private @Nullable String eventId;

    /**
     * Only records of these statuses, joined by commas: {@code SUCCESS}, {@code DUPLICATE}, {@code REJECTED},
     * {@code ERROR}, {@code UNDELIVERED}; all by default. Example: {@code -Dstatus=REJECTED,ERROR}.
     */
    @Parameter(property = "status")
    private @Nullable String status;

    /**
     * Earliest time, inclusive: ISO 8601 with offset, a date (UTC), or how long ago ({@code 15m}); everything by default.
     * It is the event's time for {@code SUCCESS} and {@code REJECTED}, else when it happened.
     */
    @Parameter(property = "from")
    private @Nullable String from;

    /** Latest time, exclusive; written like {@code from}. */
    @Parameter(property = "to")
    private @Nullable String to;

    /** How many records at most, at least 1; default 100. */
    @Parameter(property = "limit", defaultValue = "100")
    private int limit;

    /**
     * {@code table} (default), {@code csv}, or {@code json}: a line a record with every attribute; a story is one object
     * with all there is, or text to be read.
     */
    @Parameter(property = "format", defaultValue = "table")
    @SuppressWarnings("NullAway.Init") // Maven sets it.
    private String format;

    /** Whether the newest records come first; default {@code false}. */
    @Parameter(property = "newestFirst", defaultValue = "false")
    private boolean newestFirst;

    /**
     * Manifests that {@code publish} wrote, joined by commas, in which a story's event is looked for; by default all of this
     * environment in the output folder ({@code target/market-pipeline}). Example: {@code -Dmanifest=manifests/monday.jsonl}.
     */
    @Parameter(property = "manifest")
    private @Nullable String manifest;

    @Override
    void run(PipelineConfig config) throws IOException, InterruptedException {
        AuditTrailQuery query = QueryArguments.auditTrail(eventType, eventId, status);
        var page = QueryArguments.page(from, to, Instant.now(), limit, newestFirst);
        OutputFormat output = OutputFormat.of(format);
        try (AwsClients clients = AwsClients.of(config)) {
            if (eventId != null && isStory(output)) {
                new EventStories(clients, config, console())
                        .print(eventId, WrittenFiles.of(WrittenFiles.MANIFEST, manifest, project(), config), output);
            } else {
                new Operations(clients, config, console()).audit(query, page, output);
            }
        }
    }

    private boolean isStory(OutputFormat output) {
        return status == null && from == null && to == null && output != OutputFormat.CSV;
    }
}
