package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.artifact.ProjectFiles;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.stack.DeployOptions;
import java.io.IOException;
import java.util.Optional;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Does what {@code deploy} does with the classes as they are: the goal to bind to the lifecycle. After {@code start} in
 * the same build it deploys to the endpoint that {@code start} started, without being told where or which environment.
 */
@Mojo(
        name = "deploy-only",
        configurator = PomConfigurator.HINT,
        defaultPhase = LifecyclePhase.PRE_INTEGRATION_TEST,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class DeployOnlyMojo extends AbstractPipelineMojo {
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

    @Override
    Optional<ProjectFiles> packagedProject() {
        return Optional.of(ProjectFilesOf.project(project()));
    }

    @Override
    void run(PipelineConfig config) throws IOException, InterruptedException {
        DeployOptions options = Deployment.options(project(), config, allowDataLoss, onBusy, skipInRollback)
                .revertingDrift(revertDrift);
        Deployment.of(config, project(), console(), options, fast);
    }
}
