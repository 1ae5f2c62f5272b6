package io.marketpipeline.maven.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A copy of a project in {@code src/test/resources/projects}.
 *
 * @param folder where its pom is
 */
record SampleProject(Path folder) {
    private static final Path SOURCES =
            Path.of(System.getProperty("it.basedir")).resolve("src/test/resources/projects");

    /** Copies into the folder, which gets a {@code .mvn} of its own: Maven looks for one upwards, and finds ours. */
    static SampleProject copy(String name, Path into) throws IOException {
        Path folder = Files.createDirectories(into.resolve(name));
        Files.createDirectories(folder.resolve(".mvn"));
        List<Path> files;
        try (Stream<Path> found = Files.list(SOURCES.resolve(name))) {
            files = found.toList();
        }
        for (Path file : files) {
            Files.writeString(
                    folder.resolve(file.getFileName()),
                    Files.readString(file).replace("@version@", BuiltArtifacts.VERSION));
        }
        return new SampleProject(folder);
    }

    /** A file that a goal wrote under {@code target/market-pipeline}. */
    Path written(String name) {
        return folder.resolve("target/market-pipeline").resolve(name);
    }
}
