package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.artifact.Packager;
import io.marketpipeline.maven.artifact.ProjectFiles;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.template.Template;
import java.nio.file.Files;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Checks an environment's configuration and template, and the handler's class where the project is compiled; touches
 * nothing. Every problem is told at once.
 */
@Mojo(
        name = "validate",
        configurator = PomConfigurator.HINT,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class ValidateMojo extends AbstractPipelineMojo {
    @Override
    Optional<ProjectFiles> packagedProject() {
        ProjectFiles files = ProjectFilesOf.project(project());
        return Files.isDirectory(files.classes()) ? Optional.of(files) : Optional.empty();
    }

    @Override
    void run(PipelineConfig config) {
        Template template = Packager.validate(config);
        getLog().info("Environment " + config.environment() + " is valid: stack "
                + config.names().stack() + " with " + template.resourceTypes().size() + " resources in "
                + config.region()
                + (packagedProject().isPresent()
                        ? ""
                        : "; nothing is compiled, so the handler's class was not looked at"));
    }
}
