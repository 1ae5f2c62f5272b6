package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.artifact.ProjectFiles;
import io.marketpipeline.maven.config.PipelineConfig;
import java.io.IOException;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

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

    @Override
    Optional<ProjectFiles> packagedProject() {
        return Optional.of(ProjectFilesOf.project(project()));
    }

    @Override
    void run(PipelineConfig config) throws IOException, InterruptedException {
        Deployment.of(config, project(), console(), fast);
    }
}
