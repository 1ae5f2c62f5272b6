package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.artifact.ProjectFiles;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.stack.DeployOptions;
import java.io.IOException;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Brings the classes up to date, packages the function, uploads it, and creates or updates the stack of {@code -Denv}:
 * <code>mvn market-pipeline:deploy -Denv=dev</code>. Shows each resource as it changes and ends with the outputs, which
 * are also written to <code>target/market-pipeline/outputs-${env}.properties</code> and {@code .json}. Without a change it
 * says so and touches nothing. Tables that a {@code destroy} kept are taken over with their rows.
 */
@Mojo(
        name = "deploy",
        configurator = PomConfigurator.HINT,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
@Execute(phase = LifecyclePhase.PROCESS_CLASSES)
public final class DeployMojo extends AbstractPipelineMojo {
    /**
     * Replaces the function's code alone, past CloudFormation, which takes seconds; default {@code false}. Refused where
     * {@code <function><snapStart>} is on. Where more than the code differs, it deploys in full and says so.
     */
    @Parameter(property = "fast", defaultValue = "false")
    private boolean fast;

    /**
     * Lets resources that hold data (tables, queue, archive, log group, key) be replaced or deleted; default
     * {@code false}: the deploy is refused then and says which.
     */
    @Parameter(property = "allowDataLoss", defaultValue = "false")
    private boolean allowDataLoss;

    /**
     * Puts back, too, what was changed by hand since the last deployment, and makes anew what was deleted by hand, also where
     * the configuration hasn't changed; default {@code false}. {@code plan -DrevertDrift} shows it beforehand.
     */
    @Parameter(property = "revertDrift", defaultValue = "false")
    private boolean revertDrift;

    /** What to do where somebody else is changing the stack: {@code wait} (default) or {@code fail}. */
    @Parameter(property = "onBusy", defaultValue = "wait")
    @SuppressWarnings("NullAway.Init") // Maven sets it.
    private String onBusy;

    /**
     * Resources, by logical id and joined by commas, that the way back from a failed update leaves as they are: the last
     * resort where a stack is {@code UPDATE_ROLLBACK_FAILED} and what it stumbles over can't be mended. Example:
     * {@code -DskipInRollback=FunctionErrorsAlarm}.
     */
    @Parameter(property = "skipInRollback")
    private @Nullable String skipInRollback;

    /**
     * Deploys nothing, but follows the operation that is under way in the stack to its end, as after Ctrl-C; default
     * {@code false}. Where none is, it tells how the last one ended.
     */
    @Parameter(property = "attach", defaultValue = "false")
    private boolean attach;

    @Override
    Optional<ProjectFiles> packagedProject() {
        return attach ? Optional.empty() : Optional.of(ProjectFilesOf.project(project()));
    }

    @Override
    void run(PipelineConfig config) throws IOException, InterruptedException {
        DeployOptions options = Deployment.options(project(), config, allowDataLoss, onBusy, skipInRollback)
                .revertingDrift(revertDrift);
        if (attach) {
            Deployment.attach(config, console(), options);
            return;
        }
        Deployment.of(config, project(), console(), options, fast);
    }
}
