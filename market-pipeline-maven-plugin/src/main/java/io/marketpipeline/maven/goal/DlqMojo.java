package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.operate.LetterFilter;
import io.marketpipeline.maven.operate.Operations;
import io.marketpipeline.maven.operate.OutputFormat;
import java.io.File;
import java.io.IOException;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Lists dead letters with sender (EventBridge, Lambda, the function itself, or the queue of buffered delivery), reason,
 * first sight, attempts, rule, detail type, symbol and event id, and counts them by reason. Attempts are those that
 * EventBridge and the queue made; Lambda and the function don't say. A rule that the sender doesn't name is the one that
 * routes the detail type. The letters stay in the queue: they are received, which
 * hides them from others while the goal reads, and made visible again. Each look raises a letter's receive count by
 * one; that has no further effect here, since the queue has no dead-letter queue of its own. Warns if the queue says that
 * it has letters that weren't seen, since another reader holds them or {@code -Dlimit} is lower.
 */
@Mojo(name = "dlq", configurator = PomConfigurator.HINT, threadSafe = true)
public final class DlqMojo extends AbstractPipelineMojo {
    /** How many letters are looked at, at least 1; default 1000. */
    @Parameter(property = "limit", defaultValue = "1000")
    private int limit;

    /** {@code table} (default), {@code csv}, or {@code json}: a line a letter with its attributes and the event. */
    @Parameter(property = "format", defaultValue = "table")
    @SuppressWarnings("NullAway.Init") // Maven sets it.
    private String format;

    /**
     * File to write the letters to as JSON lines, relative to the project. The goal fails if the queue says that it has letters
     * that weren't seen. Example: {@code -Dexport=target/dlq.jsonl}.
     */
    @Parameter(property = "export")
    private @Nullable File export;

    /**
     * Only letters of this sender: {@code eventbridge}, {@code lambda}, {@code function}, {@code queue} (that of buffered
     * delivery) or {@code unknown}; all by default.
     */
    @Parameter(property = "sender")
    private @Nullable String sender;

    /** Only letters with this reason. Example: {@code -Dreason=invalid_price}. */
    @Parameter(property = "reason")
    private @Nullable String reason;

    /** Only letters of events of this detail type. Example: {@code -DdetailType="Trade Execution"}. */
    @Parameter(property = "detailType")
    private @Nullable String detailType;

    /** Only letters of events of this instrument. Example: {@code -Dsymbol=BAC}. */
    @Parameter(property = "symbol")
    private @Nullable String symbol;

    /** Only letters of this event. */
    @Parameter(property = "eventId")
    private @Nullable String eventId;

    @Override
    void run(PipelineConfig config) throws IOException, InterruptedException {
        if (limit < 1) {
            throw new UserFixableException("-Dlimit is " + limit + ", must be at least 1; example: -Dlimit=100");
        }
        OutputFormat output = OutputFormat.of(format);
        LetterFilter filter = LetterFilter.of(sender, reason, detailType, symbol, eventId);
        try (AwsClients clients = AwsClients.of(config)) {
            new Operations(clients, config, console())
                    .deadLetters(
                            filter, limit, output, Optional.ofNullable(export).map(File::toPath));
        }
    }
}
