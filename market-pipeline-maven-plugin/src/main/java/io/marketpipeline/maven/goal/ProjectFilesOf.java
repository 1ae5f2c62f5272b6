package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.artifact.Dependency;
import io.marketpipeline.maven.artifact.ProjectFiles;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.project.MavenProject;

/** A Maven project as what its function is made of. The goal must ask for dependency resolution in runtime scope. */
final class ProjectFilesOf {
    private ProjectFilesOf() {}

    static ProjectFiles project(MavenProject project) {
        List<Dependency> dependencies = project.getArtifacts().stream()
                .filter(artifact -> artifact.getArtifactHandler().isAddedToClasspath())
                .filter(artifact -> !Artifact.SCOPE_PROVIDED.equals(artifact.getScope())
                        && !Artifact.SCOPE_TEST.equals(artifact.getScope())
                        && !Artifact.SCOPE_SYSTEM.equals(artifact.getScope()))
                .map(ProjectFilesOf::dependency)
                .toList();
        return new ProjectFiles(
                project.getArtifactId(), Path.of(project.getBuild().getOutputDirectory()), dependencies);
    }

    private static Dependency dependency(Artifact artifact) {
        String classifier = artifact.getClassifier();
        return new Dependency(
                artifact.getGroupId(),
                artifact.getArtifactId(),
                artifact.getBaseVersion(),
                classifier == null ? "" : classifier,
                artifact.getFile().toPath());
    }
}
