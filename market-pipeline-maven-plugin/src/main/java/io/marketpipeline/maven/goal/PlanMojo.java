package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.artifact.Packager;
import io.marketpipeline.maven.artifact.ProjectFiles;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.aws.CallerIdentity;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.stack.DeployOptions;
import io.marketpipeline.maven.stack.PipelinePlan;
import io.marketpipeline.maven.stack.Plan;
import java.io.IOException;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Says what {@code deploy} would do, by resource and property with old and new value: what is added, changed in place,
 * replaced, deleted, and what of it would lose data. Writes the same to <code>target/market-pipeline/plan-${env}.json</code>,
 * with a text for a pull request's comment in it ({@code markdown}). Leaves nothing behind in the account; values that look
 * secret are not shown.
 */
@Mojo(
        name = "plan",
        configurator = PomConfigurator.HINT,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
@Execute(phase = LifecyclePhase.PROCESS_CLASSES)
public final class PlanMojo extends AbstractPipelineMojo {
    /**
     * Ends Maven with status 2 where a deploy would change something; default {@code false}. With it, 0 means no change,
     * 1 an error, 2 changes. Maven itself knows only 0 and 1, so the goal ends the process: name it last on the command
     * line, for one project ({@code -pl}), and not in a daemon ({@code mvnd}) or an IDE.
     */
    @Parameter(property = "detailedExitCode", defaultValue = "false")
    private boolean detailedExitCode;

    /**
     * Plans a {@code deploy -DrevertDrift}: what was changed or deleted by hand is in the plan, with what is there, what was
     * deployed and what would be; default {@code false}.
     */
    @Parameter(property = "revertDrift", defaultValue = "false")
    private boolean revertDrift;

    /** What to do where somebody else is changing the stack: {@code wait} (default) or {@code fail}. */
    @Parameter(property = "onBusy", defaultValue = "wait")
    @SuppressWarnings("NullAway.Init") // Maven sets it.
    private String onBusy;

    /**
     * Whether to look, too, for what was changed by hand since the last deployment, and to say of each property whether
     * a deploy would overwrite it; default {@code true}. Takes AWS up to some minutes.
     */
    @Parameter(property = "drift", defaultValue = "true")
    private boolean drift = true;

    @Override
    Optional<ProjectFiles> packagedProject() {
        return Optional.of(ProjectFilesOf.project(project()));
    }

    @Override
    void run(PipelineConfig config) throws IOException, InterruptedException {
        DeployOptions options =
                Deployment.options(project(), config, false, onBusy, null).revertingDrift(revertDrift);
        Console console = console();
        Plan plan;
        try (AwsClients clients = AwsClients.of(config)) {
            CallerIdentity caller = clients.check();
            plan = new PipelinePlan(clients, config, console)
                    .make(caller, Packager.pack(config, ProjectFilesOf.project(project())), options, drift);
        }
        if (detailedExitCode && !plan.empty()) {
            ExitStatus.changes(console);
        }
    }
}
