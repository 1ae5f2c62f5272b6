package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.artifact.ArtifactStore;
import io.marketpipeline.maven.artifact.PackagedFunction;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.aws.CallerIdentity;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.Elapsed;
import io.marketpipeline.maven.output.Mark;
import io.marketpipeline.maven.output.ShownPath;
import io.marketpipeline.maven.output.Table;
import io.marketpipeline.maven.template.PipelineTemplate;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Brings one environment's stack to its configuration and code: check, compare, upload, change set, outputs. Where
 * nothing differs it reads the stack and nothing else. Not thread-safe.
 */
public final class PipelineDeployment {
    private static final double MEGABYTE = 1024 * 1024;

    private final AwsClients clients;
    private final PipelineConfig config;
    private final Console console;

    /** A deployment through the clients, which stay the caller's. */
    public PipelineDeployment(AwsClients clients, PipelineConfig config, Console console) {
        this.clients = clients;
        this.config = config;
        this.console = console;
    }

    /**
     * Deploys, shows the outputs, and writes them beside the template.
     *
     * @param caller who deploys, as {@link AwsClients#check()} found
     * @throws io.marketpipeline.maven.config.UserFixableException where the user can mend what went wrong
     */
    public StackResult deploy(CallerIdentity caller, PackagedFunction function)
            throws IOException, InterruptedException {
        console.line("Deploying " + config.names().stack() + " to "
                + clients.environment().where() + ", account " + caller.account());
        StackListener listener = ConsoleStackListener.ofDeployment(console);
        ArtifactBucket bucket = new ArtifactBucket(clients, listener, caller.account());
        StackSpec spec = new StackSpec(
                config.names().stack(),
                function.template().yaml(),
                Map.of(PipelineTemplate.ARTIFACT_BUCKET_PARAMETER, bucket.name()),
                config.tags(),
                config.tables().protection());
        StackDeployer deployer =
                new StackDeployer(clients.cloudFormation(), clients.failures(), bucket.store()::putTemplate, listener);
        Optional<Map<String, String>> unchanged = deployer.unchanged(spec);
        StackResult result = unchanged.isPresent()
                ? new StackResult(StackResult.Kind.UNCHANGED, unchanged.get(), Duration.ZERO)
                : change(deployer, spec, bucket.ready(), function);
        report(result);
        return result;
    }

    private StackResult change(StackDeployer deployer, StackSpec spec, ArtifactStore store, PackagedFunction function)
            throws InterruptedException {
        String key = function.code().key();
        boolean uploaded = store.put(key, function.zip());
        console.line(
                uploaded
                        ? "Uploaded the function (" + megabytes(function.zipBytes()) + " MB) as " + key
                        : "The function is uploaded already as " + key);
        return deployer.deploy(spec);
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / MEGABYTE);
    }

    private void report(StackResult result) throws IOException {
        String stack = config.names().stack();
        console.line(
                switch (result.kind()) {
                    case UNCHANGED -> console.mark(Mark.GOOD, "No changes: stack " + stack + " is up to date");
                    case CREATED ->
                        console.mark(Mark.GOOD, "Created stack " + stack) + " in " + Elapsed.words(result.took());
                    case UPDATED ->
                        console.mark(Mark.GOOD, "Updated stack " + stack) + " in " + Elapsed.words(result.took());
                });
        Table table = Table.plain();
        result.outputs().forEach((key, value) -> table.row("  " + key, value));
        table.lines().forEach(console::line);
        OutputFiles files = new OutputFiles(config.outputDirectory(), config.environment());
        files.write(result.outputs());
        console.line("Outputs: " + ShownPath.of(files.propertiesFile()));
    }
}
