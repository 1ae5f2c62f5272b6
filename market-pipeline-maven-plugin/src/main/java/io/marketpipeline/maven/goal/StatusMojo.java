package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.operate.TimeArgument;
import io.marketpipeline.maven.stack.PipelineStatus;
import io.marketpipeline.maven.stack.StatusReport;
import io.marketpipeline.maven.stack.StatusText;
import java.time.Instant;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Shows how the pipeline of {@code -Denv} is: the stack's state, the version that serves and since when, alarms, queues
 * with the age of their oldest message, the function's last errors, and drift: what was changed by hand since the last
 * deployment, property by property, with what was deployed and what is there. Changes nothing. A {@code live} that
 * {@code rollback} or {@code deploy -Dfast} moved is told as that. With {@code -q} and {@code -Dformat=json} it writes
 * one JSON object and nothing else.
 */
@Mojo(name = "status", configurator = PomConfigurator.HINT, threadSafe = true)
public final class StatusMojo extends AbstractPipelineMojo {
    /** {@code table} (default) or {@code json}; for example {@code -Dformat=json}. */
    @Parameter(property = "format", defaultValue = "table")
    private String format = "table";

    /**
     * From when on the function's errors are shown: how long ago ({@code 15m}, {@code 2h}), ISO 8601 with offset, or a
     * date (UTC); default {@code 1h}.
     */
    @Parameter(property = "since", defaultValue = "1h")
    private String since = "1h";

    /** Whether to ask CloudFormation for drift, which takes AWS up to some minutes; default {@code true}. */
    @Parameter(property = "drift", defaultValue = "true")
    private boolean drift = true;

    @Override
    void run(PipelineConfig config) throws InterruptedException {
        boolean json = format.equals("json");
        if (!json && !format.equals("table")) {
            throw new UserFixableException(
                    "-Dformat is '" + format + "', must be table or json; example: -Dformat=json");
        }
        Instant from = TimeArgument.parse("-Dsince", since, Instant.now());
        try (AwsClients clients = AwsClients.of(config)) {
            clients.check();
            StatusReport report = new PipelineStatus(clients, config).look(from, drift);
            if (json) {
                console().result(StatusText.json(report));
            } else {
                StatusText.print(report, console());
            }
        }
    }
}
