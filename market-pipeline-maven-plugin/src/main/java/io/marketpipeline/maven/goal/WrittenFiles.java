package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.PipelineConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** The files in which goals write what they did, {@code <kind>-<env>-<time>.jsonl}, and which of them another goal reads. */
final class WrittenFiles {
    /** What {@code publish} sent. */
    static final String MANIFEST = "manifest";

    /** What became of the letters of {@code redrive}. */
    static final String REDRIVE = "redrive";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);
    private static final String STAMPED = "[0-9]{8}T[0-9]{9}\\.jsonl";

    private WrittenFiles() {}

    /** The file that a goal begins now. */
    static Path next(String kind, PipelineConfig config) {
        return config.outputDirectory().resolve(start(kind, config) + STAMP.format(Instant.now()) + ".jsonl");
    }

    /**
     * The files of a switch, relative to the project; without it all of the environment in the output folder.
     *
     * @param named paths joined by commas; null where the switch isn't given
     */
    static List<Path> of(String kind, @Nullable String named, MavenProject project, PipelineConfig config)
            throws IOException {
        if (named != null) {
            return Arrays.stream(named.split(",", -1))
                    .map(file -> resolved(file, project))
                    .toList();
        }
        return Files.isDirectory(config.outputDirectory()) ? all(kind, config) : List.of();
    }

    /**
     * What begins alike may be another environment's: {@code dev-eu} is one beside {@code dev}. A goal that was killed at once
     * leaves an empty file, which says nothing.
     */
    private static List<Path> all(String kind, PipelineConfig config) throws IOException {
        Pattern name = Pattern.compile(Pattern.quote(start(kind, config)) + STAMPED);
        try (Stream<Path> files = Files.list(config.outputDirectory())) {
            return files.filter(file ->
                            name.matcher(String.valueOf(file.getFileName())).matches())
                    .filter(file -> file.toFile().length() > 0)
                    .sorted()
                    .toList();
        }
    }

    private static String start(String kind, PipelineConfig config) {
        return kind + "-" + config.environment() + "-";
    }

    private static Path resolved(String file, MavenProject project) {
        return project.getBasedir() == null
                ? Path.of(file)
                : project.getBasedir().toPath().resolve(file);
    }
}
