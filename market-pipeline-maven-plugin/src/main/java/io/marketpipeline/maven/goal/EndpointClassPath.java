package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.UserFixableException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;

/**
 * Finds the local endpoint's jars as Maven finds any: in the reactor, in the local repository, in the remote ones that
 * the project's plugins come from.
 */
final class EndpointClassPath {
    private static final String GROUP_ID = "io.marketpipeline";
    private static final String ARTIFACT_ID = "market-pipeline-local";

    private static final String RUNTIME = "runtime";

    private EndpointClassPath() {}

    /**
     * The jars in order.
     *
     * @param version of the plugin, which is the endpoint's, too
     */
    static List<Path> resolve(
            RepositorySystem repositories, MavenSession session, MavenProject project, String version) {
        var root = new Dependency(new DefaultArtifact(GROUP_ID, ARTIFACT_ID, "jar", version), RUNTIME);
        var request = new CollectRequest(root, project.getRemotePluginRepositories());
        request.setRequestContext("market-pipeline");
        try {
            return repositories
                    .resolveDependencies(
                            session.getRepositorySession(),
                            new DependencyRequest(request, EndpointClassPath::atRunTime))
                    .getArtifactResults()
                    .stream()
                    .map(result -> result.getArtifact().getFile().toPath())
                    .toList();
        } catch (DependencyResolutionException e) {
            throw new UserFixableException(
                    "The local endpoint " + GROUP_ID + ":" + ARTIFACT_ID + ":" + version + " could not be found: "
                            + e.getMessage() + "\nIt comes from where the plugin comes from: check <pluginRepositories>"
                            + " and that Maven isn't offline (-o) on its first use.",
                    e);
        }
    }

    // Written out, since Maven does not export the resolver's utilities to plugins.
    private static boolean atRunTime(DependencyNode node, List<DependencyNode> parents) {
        return node.getDependency() == null
                || Set.of("compile", RUNTIME).contains(node.getDependency().getScope());
    }
}
