package io.marketpipeline.maven.artifact;

import java.nio.file.Path;

/**
 * A dependency of the project in runtime scope.
 *
 * @param classifier empty for none
 * @param file its jar, or a directory of classes where it is built in the same run and not yet packaged
 */
public record Dependency(String groupId, String artifactId, String version, String classifier, Path file) {
    /** {@code groupId:artifactId}. */
    public String key() {
        return groupId + ":" + artifactId;
    }

    String fileName() {
        return artifactId + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
    }
}
