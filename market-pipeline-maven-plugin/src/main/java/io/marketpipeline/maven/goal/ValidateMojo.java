package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.PipelineConfig;
import org.apache.maven.plugins.annotations.Mojo;

/** Checks the configuration of an environment; touches nothing. Every problem is told at once. */
@Mojo(name = "validate", threadSafe = true)
public final class ValidateMojo extends AbstractPipelineMojo {
    @Override
    void run(PipelineConfig config) {
        getLog().info("Configuration of environment " + config.environment() + " is valid");
    }
}
