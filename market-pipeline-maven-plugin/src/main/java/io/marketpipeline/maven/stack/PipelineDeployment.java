package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.artifact.ArtifactStore;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.aws.CallerIdentity;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.Elapsed;
import io.marketpipeline.maven.output.Mark;
import io.marketpipeline.maven.output.Table;
import io.marketpipeline.maven.template.CodeArtifact;
import io.marketpipeline.maven.template.PipelineTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Brings one environment's stack to its configuration and code: check, compare, upload, change set, outputs. Where
 * nothing differs it reads the stack and nothing else. Not thread-safe.
 */
public final class PipelineDeployment {
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
     * @param zip the function's zip
     * @param code its hash
     * @throws io.marketpipeline.maven.config.UserFixableException where the user can mend what went wrong
     */
    public StackResult deploy(Path zip, CodeArtifact code) throws IOException, InterruptedException {
        CallerIdentity caller = clients.check();
        console.line("Deploying " + config.names().stack() + " to "
                + clients.environment().where() + ", account " + caller.account());
        StackListener listener = new ConsoleStackListener(console);
        ArtifactBucket bucket = new ArtifactBucket(clients, listener, caller.account());
        StackSpec spec = spec(bucket, code);
        StackDeployer deployer =
                new StackDeployer(clients.cloudFormation(), clients.failures(), bucket.store()::putTemplate, listener);
        Optional<Map<String, String>> unchanged = deployer.unchanged(spec);
        StackResult result = unchanged.isPresent()
                ? new StackResult(StackResult.Kind.UNCHANGED, unchanged.get(), Duration.ZERO)
                : change(deployer, spec, bucket.ready(), zip, code);
        report(result);
        return result;
    }

    private StackSpec spec(ArtifactBucket bucket, CodeArtifact code) throws IOException {
        String template = PipelineTemplate.of(config, code).yaml();
        Files.createDirectories(config.outputDirectory());
        Files.writeString(config.templateFile(), template);
        return new StackSpec(
                config.names().stack(),
                template,
                Map.of(PipelineTemplate.ARTIFACT_BUCKET_PARAMETER, bucket.name()),
                config.tags(),
                config.tables().protection());
    }

    private StackResult change(StackDeployer deployer, StackSpec spec, ArtifactStore store, Path zip, CodeArtifact code)
            throws IOException, InterruptedException {
        boolean uploaded = store.put(code.key(), zip);
        console.line(
                uploaded
                        ? "Uploaded the function (" + Files.size(zip) / 1024 + " KB) as " + code.key()
                        : "The function is uploaded already as " + code.key());
        return deployer.deploy(spec);
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
        console.line("Outputs: " + files.propertiesFile());
    }
}
