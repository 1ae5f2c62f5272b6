package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.operate.LetterFilter;
import io.marketpipeline.maven.operate.Operations;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Sends dead letters again: invokes the function's {@code live} alias with each original event, waits for the outcome,
 * and deletes the letter only then. The identity stays, so that what was stored before shows as a duplicate. An event that
 * is refused again has a new letter with its reason, made by the function before it answered; the old one goes. What fails
 * stays in the queue. It can be interrupted, and even killed, at any time: no letter is lost, and those that it held are
 * visible again after two minutes at most. Events that never came to the function, or of which it left no record (it timed out,
 * or ran out of memory), get an {@code UNDELIVERED} audit record first. What became of each letter is written to {@code target/market-pipeline/redrive-<env>-<time>.jsonl}. Fails if a
 * letter failed again.
 */
@Mojo(name = "redrive", configurator = PomConfigurator.HINT, threadSafe = true)
public final class RedriveMojo extends AbstractPipelineMojo {
    /** Letters per second, sent evenly; 0 (default) for as fast as the function answers, four at once. */
    @Parameter(property = "rate", defaultValue = "0")
    private double rate;

    /** How many letters at most, at least 1; all by default. */
    @Parameter(property = "limit", defaultValue = "2147483647")
    private int limit;

    /**
     * Only letters of this sender: {@code eventbridge}, {@code lambda}, {@code function}, {@code queue} (that of buffered
     * delivery) or {@code unknown}; all by default.
     */
    @Parameter(property = "sender")
    private @Nullable String sender;

    /** Only letters with this reason, as {@code dlq} prints it. Example: {@code -Dreason=invalid_price}. */
    @Parameter(property = "reason")
    private @Nullable String reason;

    /** Only letters of events of this detail type. Example: {@code -DdetailType="Trade Execution"}. */
    @Parameter(property = "detailType")
    private @Nullable String detailType;

    /** Only letters of events of this instrument. Example: {@code -Dsymbol=BAC}. */
    @Parameter(property = "symbol")
    private @Nullable String symbol;

    /** Only letters of this event. Example: {@code -DeventId=BAC-2013-10-07-trades:trade:BAC:7}. */
    @Parameter(property = "eventId")
    private @Nullable String eventId;

    @Override
    void run(PipelineConfig config) throws IOException, InterruptedException {
        LetterFilter filter = LetterFilter.of(sender, reason, detailType, symbol, eventId);
        Path report = WrittenFiles.next(WrittenFiles.REDRIVE, config);
        try (AwsClients clients = AwsClients.of(config)) {
            new Operations(clients, config, console()).redrive(filter, rate, limit, report);
        }
    }
}
