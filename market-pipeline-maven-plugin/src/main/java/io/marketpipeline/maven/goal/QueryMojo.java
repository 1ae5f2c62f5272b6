package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.operate.Operations;
import io.marketpipeline.maven.operate.OutputFormat;
import io.marketpipeline.maven.operate.QueryArguments;
import io.marketpipeline.store.MarketDataQuery;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** Prints stored market data by symbol, exchange or event id, in time order, without expired rows. */
@Mojo(name = "query", configurator = PomConfigurator.HINT, threadSafe = true)
public final class QueryMojo extends AbstractPipelineMojo {
    /** Instrument; one of this, {@code exchange} and {@code eventId} must be given. Example: {@code -Dsymbol=BAC}. */
    @Parameter(property = "symbol")
    private @Nullable String symbol;

    /** Venue, as events name it. Example: {@code -Dexchange=XNAS}. */
    @Parameter(property = "exchange")
    private @Nullable String exchange;

    /** Identity of an event; gives all its versions. Example: {@code -DeventId=BAC-2013-10-07-trades:trade:BAC:7}. */
    @Parameter(property = "eventId")
    private @Nullable String eventId;

    /** Only rows of this detail type; all by default. Example: {@code -DdetailType="Trade Execution"}. */
    @Parameter(property = "detailType")
    private @Nullable String detailType;

    /**
     * Earliest event time, inclusive: ISO 8601 with offset, a date (UTC), or how long ago ({@code 30s}, {@code 15m},
     * {@code 2h}, {@code 7d}); everything by default.
     */
    @Parameter(property = "from")
    private @Nullable String from;

    /** Latest event time, exclusive; written like {@code from}. */
    @Parameter(property = "to")
    private @Nullable String to;

    /** How many rows at most, at least 1; default 100. */
    @Parameter(property = "limit", defaultValue = "100")
    private int limit;

    /** {@code table} (default), {@code csv}, or {@code json}: a line a row with every attribute. */
    @Parameter(property = "format", defaultValue = "table")
    @SuppressWarnings("NullAway.Init") // Maven sets it.
    private String format;

    /** Whether the newest rows come first; default {@code false}. */
    @Parameter(property = "newestFirst", defaultValue = "false")
    private boolean newestFirst;

    @Override
    void run(PipelineConfig config) throws IOException, InterruptedException {
        MarketDataQuery query = QueryArguments.marketData(symbol, exchange, eventId);
        var page = QueryArguments.page(from, to, Instant.now(), limit, newestFirst);
        OutputFormat output = OutputFormat.of(format);
        try (AwsClients clients = AwsClients.of(config)) {
            new Operations(clients, config, console())
                    .query(detailType == null ? query : query.ofTypes(Set.of(detailType)), page, output);
        }
    }
}
