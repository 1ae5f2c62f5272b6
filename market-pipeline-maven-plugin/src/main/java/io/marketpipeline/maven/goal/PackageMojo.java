package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.artifact.ClassDataArchive;
import io.marketpipeline.maven.artifact.PackagedFunction;
import io.marketpipeline.maven.artifact.Packager;
import io.marketpipeline.maven.artifact.ProjectFiles;
import io.marketpipeline.maven.config.PipelineConfig;
import java.io.IOException;
import java.util.Optional;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Writes the function's zip ({@code function.zip}) and the stack's template (<code>template-${env}.yaml</code>) into
 * {@code target/market-pipeline}. The same input gives the same bytes. Touches nothing in AWS.
 *
 * <p>Beside them, in {@code class-data}, it archives what the function loads at its start, so that the local endpoint's
 * function processes start in a fraction of the time. That is no part of the zip; a function of which no archive can be made is
 * packaged all the same.
 */
@Mojo(
        name = "package",
        configurator = PomConfigurator.HINT,
        defaultPhase = LifecyclePhase.PACKAGE,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class PackageMojo extends AbstractPipelineMojo {
    private static final double MEGABYTE = 1024 * 1024;

    @Override
    Optional<ProjectFiles> packagedProject() {
        return Optional.of(ProjectFilesOf.project(project()));
    }

    @Override
    void run(PipelineConfig config) throws IOException, InterruptedException {
        PackagedFunction packaged = Packager.pack(config, ProjectFilesOf.project(project()));
        getLog().info(String.format(
                "Function: %s, %.1f MB, SHA-256 %s",
                packaged.zip(), packaged.zipBytes() / MEGABYTE, packaged.code().sha256()));
        getLog().info("Template: " + config.templateFile() + ", "
                + packaged.template().resourceTypes().size() + " resources");
        getLog().info("Class data: "
                + ClassDataArchive.make(packaged.zip(), config.function().handler()));
    }
}
