package io.marketpipeline.maven.config;

import java.io.IOException;
import java.util.List;

/** A check that needs more than the elements themselves, such as the project's classes; told with all other problems. */
@FunctionalInterface
public interface ConfigurationCheck {
    /**
     * What is wrong.
     *
     * @param config with defaults in the place of values that are wrong by themselves, which are told already
     */
    List<Problem> problems(PipelineConfig config) throws IOException;
}
