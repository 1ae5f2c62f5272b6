package io.marketpipeline.maven.artifact;

import java.nio.file.Path;
import java.util.List;

/**
 * What a project's function is made of.
 *
 * @param artifactId of the project
 * @param classes directory of its compiled classes and resources
 * @param dependencies in runtime scope, transitive ones included
 */
public record ProjectFiles(String artifactId, Path classes, List<Dependency> dependencies) {
    public ProjectFiles {
        dependencies = List.copyOf(dependencies);
    }
}
