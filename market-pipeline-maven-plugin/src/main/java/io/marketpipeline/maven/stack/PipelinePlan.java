package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.artifact.ArtifactStore;
import io.marketpipeline.maven.artifact.PackagedFunction;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.aws.CallerIdentity;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.ShownPath;
import io.marketpipeline.maven.template.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** Says what a deploy of one environment would do, and leaves nothing behind. Not thread-safe. */
public final class PipelinePlan {
    private final AwsClients clients;
    private final PipelineConfig config;
    private final Console console;
    private final StackReader reader;
    private final FunctionVersions versions;

    /** A plan through the clients, which stay the caller's. */
    public PipelinePlan(AwsClients clients, PipelineConfig config, Console console) {
        this.clients = clients;
        this.config = config;
        this.console = console;
        this.reader = new StackReader(clients.cloudFormation(), clients.failures());
        this.versions = new FunctionVersions(
                clients.lambda(),
                clients.failures(),
                Pace.real(),
                config.names().function());
    }

    /**
     * Finds out, shows it, and writes it as JSON beside the template.
     *
     * @param caller who would deploy, as {@link AwsClients#check()} found
     * @throws io.marketpipeline.maven.config.UserFixableException where the user can mend what went wrong
     */
    public Plan make(CallerIdentity caller, PackagedFunction function, DeployOptions options)
            throws IOException, InterruptedException {
        return make(caller, function, options, true);
    }

    /**
     * Finds out, shows it, and writes it as JSON beside the template.
     *
     * @param caller who would deploy, as {@link AwsClients#check()} found
     * @param drift whether to find out, too, what was changed by hand and what a deploy would make of it
     * @throws io.marketpipeline.maven.config.UserFixableException where the user can mend what went wrong
     */
    public Plan make(CallerIdentity caller, PackagedFunction function, DeployOptions options, boolean drift)
            throws IOException, InterruptedException {
        console.line("Planning " + config.names().stack() + " at "
                + clients.environment().where() + ", account " + caller.account());
        StackListener listener = ConsoleStackListener.ofDeployment(console);
        ArtifactBucket bucket = new ArtifactBucket(clients, listener, caller.account());
        StackSpec spec = bucket.spec(config, function.template());
        Plan plan = plan(spec, bucket, listener, options, function.code().sha256());
        if (drift) {
            plan = plan.withNotes(changesByHand(plan, options.revertDrift()));
        }
        new PlanText(console).write(plan);
        Path file = config.outputDirectory().resolve("plan-" + config.environment() + ".json");
        PlanFile.write(plan, config.environment(), config.region(), file);
        console.line("As JSON: " + ShownPath.of(file));
        return plan;
    }

    private List<String> changesByHand(Plan plan, boolean reverted) throws InterruptedException {
        Optional<Stack> stack = plan.create() ? Optional.empty() : reader.find(plan.stack());
        if (stack.isEmpty()) {
            return List.of();
        }
        return ChangesByHand.inADeploy(
                new ChangesByHand(clients, reader, versions, Pace.real()).find(stack.get()), plan.changes(), reverted);
    }

    /** The stack is as the project says; what serves may not be, after a rollback or a fast deployment. */
    private Plan restoring(StackSpec spec, String code) {
        return new LiveCode(versions, reader, spec.name())
                .deviation(code)
                .map(deviation -> new Plan(
                        spec.name(),
                        false,
                        List.of(),
                        List.of(new PropertyChange(
                                "Code that serves", Optional.of(deviation), Optional.of("as the stack says"), false)),
                        List.of()))
                .orElse(Plan.nothing(spec.name()));
    }

    private Plan plan(StackSpec spec, ArtifactBucket bucket, StackListener listener, DeployOptions options, String code)
            throws InterruptedException {
        StackDeployer deployer = new StackDeployer(clients, bucket.store()::putTemplate, listener);
        if (!options.revertDrift() && deployer.unchanged(spec).isPresent()) {
            return restoring(spec, code);
        }
        ArtifactStore store = bucket.store();
        boolean large = spec.template().getBytes(StandardCharsets.UTF_8).length > Template.MAX_INLINE_BYTES;
        if (large && !store.bucketExists()) {
            return new StackPlanner(clients, store::putTemplate, listener)
                    .compared(
                            spec,
                            Optional.empty(),
                            List.of("The template is too large to ask CloudFormation before the artifact bucket is"
                                    + " there, so this is what it says; a deploy makes the bucket first"));
        }
        ArtifactStore.TemporaryTemplate template = store.temporaryTemplate(spec.template());
        TidyUp always = TidyUp.with(template::remove);
        try {
            Plan plan = new StackPlanner(clients, any -> template.url(), listener).plan(spec, options);
            return options.revertDrift() && plan.empty() ? restoring(spec, code) : plan;
        } finally {
            always.now();
        }
    }
}
