package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.artifact.Packager;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.template.Template;
import org.apache.maven.plugins.annotations.Mojo;

/** Checks an environment's configuration and template; touches nothing. Every problem is told at once. */
@Mojo(name = "validate", configurator = PomConfigurator.HINT, threadSafe = true)
public final class ValidateMojo extends AbstractPipelineMojo {
    @Override
    void run(PipelineConfig config) {
        Template template = Packager.validate(config);
        getLog().info("Environment " + config.environment() + " is valid: stack "
                + config.names().stack() + " with " + template.resourceTypes().size() + " resources in "
                + config.region());
    }
}
