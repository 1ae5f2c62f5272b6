package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.operate.Operations;
import io.marketpipeline.maven.operate.TimeArgument;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** Prints the function's log, and with {@code follow} what comes, until it is interrupted (Ctrl-C). */
@Mojo(name = "logs", configurator = PomConfigurator.HINT, threadSafe = true)
public final class LogsMojo extends AbstractPipelineMojo {
    /**
     * From when on: how long ago ({@code 30s}, {@code 15m}, {@code 2h}), ISO 8601 with offset, or a date (UTC); default
     * {@code 10m}.
     */
    @Parameter(property = "since", defaultValue = "10m")
    @SuppressWarnings("NullAway.Init") // Maven sets it.
    private String since;

    /** Whether to go on until interrupted; default {@code false}. New lines are asked for every two seconds. */
    @Parameter(property = "follow", defaultValue = "false")
    private boolean follow;

    /** CloudWatch filter pattern; all lines by default. Example: {@code -Dfilter='{ $.level = "ERROR" }'}. */
    @Parameter(property = "filter")
    private @Nullable String filter;

    @Override
    void run(PipelineConfig config) throws IOException, InterruptedException {
        Instant from = TimeArgument.parse("-Dsince", since, Instant.now());
        try (AwsClients clients = AwsClients.of(config)) {
            new Operations(clients, config, console()).logs(from, Optional.ofNullable(filter), follow);
        }
    }
}
