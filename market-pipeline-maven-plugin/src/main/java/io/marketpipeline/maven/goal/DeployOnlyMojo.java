package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.artifact.ProjectFiles;
import io.marketpipeline.maven.config.PipelineConfig;
import java.io.IOException;
import java.util.Optional;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

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

    @Override
    Optional<ProjectFiles> packagedProject() {
        return Optional.of(ProjectFilesOf.project(project()));
    }

    @Override
    void run(PipelineConfig config) throws IOException, InterruptedException {
        Deployment.of(config, project(), console(), fast);
    }
}
