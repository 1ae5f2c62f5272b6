package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.artifact.ArtifactStore;
import io.marketpipeline.maven.artifact.PackagedFunction;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.aws.CallerIdentity;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.Elapsed;
import io.marketpipeline.maven.output.Mark;
import io.marketpipeline.maven.output.ShownPath;
import io.marketpipeline.maven.output.Table;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Brings one environment's stack to its configuration and code: check, compare, upload, change set, outputs. Where
 * nothing differs it reads the stack and nothing else. Not thread-safe.
 */
public final class PipelineDeployment {
    private static final double MEGABYTE = 1024 * 1024;

    private final AwsClients clients;
    private final PipelineConfig config;
    private final Console console;
    private final StackReader reader;
    private final FunctionVersions versions;
    private final LiveCode live;

    /** A deployment through the clients, which stay the caller's. */
    public PipelineDeployment(AwsClients clients, PipelineConfig config, Console console) {
        this.clients = clients;
        this.config = config;
        this.console = console;
        this.reader = new StackReader(clients.cloudFormation(), clients.failures());
        this.versions = new FunctionVersions(
                clients.lambda(),
                clients.failures(),
                Pace.real(),
                config.names().function());
        this.live = new LiveCode(versions, reader, config.names().stack());
    }

    /** Deploys in full, carefully. */
    public StackResult deploy(CallerIdentity caller, PackagedFunction function)
            throws IOException, InterruptedException {
        return deploy(caller, function, DeployOptions.CAREFUL, false);
    }

    /**
     * Deploys, shows the outputs, and writes them beside the template.
     *
     * @param caller who deploys, as {@link AwsClients#check()} found
     * @param fast whether code alone goes past CloudFormation, where nothing else has changed
     * @throws io.marketpipeline.maven.config.UserFixableException where the user can mend what went wrong
     */
    public StackResult deploy(CallerIdentity caller, PackagedFunction function, DeployOptions options, boolean fast)
            throws IOException, InterruptedException {
        if (fast) {
            FastDeployment.refuseSnapStart(config);
            refuseDriftRevertedFast(options);
        }
        console.line("Deploying " + config.names().stack() + " to "
                + clients.environment().where() + ", account " + caller.account());
        StackListener listener = ConsoleStackListener.ofDeployment(console);
        ArtifactBucket bucket = new ArtifactBucket(clients, listener, caller.account());
        StackSpec spec = bucket.spec(config, function.template());
        StackDeployer deployer = new StackDeployer(clients, bucket.store()::putTemplate, listener);
        Optional<StackResult> replaced = fast ? fastDeployment().deploy(deployer, spec, function) : Optional.empty();
        StackResult result = replaced.isPresent() ? replaced.get() : full(deployer, spec, bucket, function, options);
        if (result.kind() != StackResult.Kind.UNCHANGED) {
            prune();
        }
        report(result);
        return result;
    }

    private static void refuseDriftRevertedFast(DeployOptions options) {
        if (options.revertDrift()) {
            throw new UserFixableException(
                    "-Dfast goes past CloudFormation, which alone can put back what was changed by"
                            + " hand. Leave out -Dfast or -DrevertDrift. Nothing was touched.");
        }
    }

    /**
     * Follows the operation that is under way in the stack, shows its outcome and writes the outputs.
     *
     * @throws io.marketpipeline.maven.config.UserFixableException where there is no stack, or the operation failed
     */
    public void attach(DeployOptions options) throws IOException, InterruptedException {
        StackListener listener = ConsoleStackListener.ofDeployment(console);
        String stack = config.names().stack();
        Map<String, String> outputs = new StackDeployer(clients, template -> "", listener).attach(stack, options);
        console.line(console.mark(Mark.GOOD, "Stack " + stack + " is deployed"));
        show(outputs);
    }

    private StackResult full(
            StackDeployer deployer,
            StackSpec spec,
            ArtifactBucket bucket,
            PackagedFunction function,
            DeployOptions options)
            throws InterruptedException {
        // What was changed by hand isn't seen by comparing templates.
        Optional<Map<String, String>> unchanged = options.revertDrift() ? Optional.empty() : deployer.unchanged(spec);
        StackResult result = unchanged.isPresent()
                ? new StackResult(StackResult.Kind.UNCHANGED, unchanged.get(), Duration.ZERO)
                : change(deployer, spec, bucket, function, options);
        return result.kind() == StackResult.Kind.UNCHANGED ? restored(result, bucket, function) : result;
    }

    /** The stack is as the project says; what serves may not be, after a rollback or a fast deployment. */
    private StackResult restored(StackResult unchanged, ArtifactBucket bucket, PackagedFunction function)
            throws InterruptedException {
        String code = function.code().sha256();
        Optional<String> deviation = live.deviation(code);
        if (deviation.isEmpty()) {
            return unchanged;
        }
        console.line("The stack is up to date, but " + deviation.get());
        if (!versions.latestCode().equals(Optional.of(code))) {
            bucket.ready().put(function.code().key(), function.zip());
            versions.putCode(bucket.name(), function.code().key());
            console.line("Put the function's unpublished code back");
        }
        live.restoreAlias().ifPresent(console::line);
        return new StackResult(StackResult.Kind.RESTORED, unchanged.outputs(), unchanged.took());
    }

    private StackResult change(
            StackDeployer deployer,
            StackSpec spec,
            ArtifactBucket bucket,
            PackagedFunction function,
            DeployOptions options)
            throws InterruptedException {
        Optional<LiveAlias> before = versions.live();
        upload(bucket.ready(), function);
        if (before.isPresent()) {
            putCodeBack(bucket, function);
        }
        try {
            StackResult result = deployer.deploy(spec, options);
            live.restoreAlias().ifPresent(console::line);
            return result;
        } catch (StackException e) {
            live.putBack(before).ifPresent(console::warn);
            throw e;
        }
    }

    /** CloudFormation leaves code alone that its template doesn't change, and would publish what somebody put there. */
    private void putCodeBack(ArtifactBucket bucket, PackagedFunction function) throws InterruptedException {
        Optional<String> code = Optional.of(function.code().sha256());
        if (!versions.latestCode().equals(code)
                && LiveCode.codeIn(reader.template(config.names().stack())).equals(code)) {
            versions.putCode(bucket.name(), function.code().key());
            console.line("Put the function's unpublished code back");
        }
    }

    private FastDeployment fastDeployment() {
        LiveCheck check = new LiveCheck(
                clients.lambda(),
                clients.failures(),
                Pace.real(),
                config.names().function());
        return new FastDeployment(config, versions, reader, check, console);
    }

    /** What is deployed serves; what can't be tidied up is no reason to call it failed. */
    private void prune() {
        try {
            List<Integer> gone = live.prune(config.function().keepVersions());
            if (!gone.isEmpty()) {
                console.line("Deleted old versions "
                        + gone.stream().map(String::valueOf).collect(Collectors.joining(", "))
                        + " of the function; the last " + config.function().keepVersions() + " are kept");
            }
        } catch (UserFixableException | SdkException e) {
            console.warn("Old versions of the function were not deleted: " + e.getMessage());
        }
    }

    private void upload(ArtifactStore store, PackagedFunction function) {
        String key = function.code().key();
        boolean uploaded = store.put(key, function.zip());
        console.line(
                uploaded
                        ? "Uploaded the function (" + megabytes(function.zipBytes()) + " MB) as " + key
                        : "The function is uploaded already as " + key);
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / MEGABYTE);
    }

    private void report(StackResult result) throws IOException {
        String stack = config.names().stack();
        console.line(
                switch (result.kind()) {
                    case UNCHANGED -> console.mark(Mark.GOOD, "No changes: stack " + stack + " is up to date");
                    case RESTORED -> console.mark(Mark.GOOD, "Restored what serves: stack " + stack + " is up to date");
                    case CODE_REPLACED ->
                        console.mark(Mark.GOOD, "Replaced the code of stack " + stack) + " in "
                                + Elapsed.words(result.took());
                    case CREATED ->
                        console.mark(Mark.GOOD, "Created stack " + stack) + " in " + Elapsed.words(result.took());
                    case UPDATED ->
                        console.mark(Mark.GOOD, "Updated stack " + stack) + " in " + Elapsed.words(result.took());
                });
        show(result.outputs());
    }

    private void show(Map<String, String> outputs) throws IOException {
        Table table = Table.plain();
        outputs.forEach((key, value) -> table.row("  " + key, value));
        table.lines().forEach(console::line);
        OutputFiles files = new OutputFiles(config.outputDirectory(), config.environment());
        files.write(outputs);
        console.line("Outputs: " + ShownPath.of(files.propertiesFile()));
    }
}
