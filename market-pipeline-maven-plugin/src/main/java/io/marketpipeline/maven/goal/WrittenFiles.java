package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.PipelineConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** Which of the files that other goals wrote a goal reads. */
final class WrittenFiles {
    private WrittenFiles() {}

    /**
     * The files of a switch, relative to the project; without it all of the environment in the output folder.
     *
     * @param kind what their names begin with: {@code manifest} of {@code publish}, {@code redrive} of {@code redrive}
     * @param named paths joined by commas; null where the switch isn't given
     */
    static List<Path> of(String kind, @Nullable String named, MavenProject project, PipelineConfig config)
            throws IOException {
        if (named != null) {
            return Arrays.stream(named.split(",", -1))
                    .map(file -> resolved(file, project))
                    .toList();
        }
        if (!Files.isDirectory(config.outputDirectory())) {
            return List.of();
        }
        String prefix = kind + "-" + config.environment() + "-";
        try (Stream<Path> files = Files.list(config.outputDirectory())) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    private static Path resolved(String file, MavenProject project) {
        return project.getBasedir() == null
                ? Path.of(file)
                : project.getBasedir().toPath().resolve(file);
    }
}
