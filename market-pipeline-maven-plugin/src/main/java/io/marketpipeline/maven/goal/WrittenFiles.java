package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
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
     * @throws UserFixableException if a named file isn't text
     */
    static List<Path> of(String kind, @Nullable String named, MavenProject project, PipelineConfig config)
            throws IOException {
        if (named != null) {
            List<Path> files = Arrays.stream(named.split(",", -1))
                    .map(file -> resolved(file, project))
                    .toList();
            for (Path file : files) {
                requireText(kind, file);
            }
            return files;
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

    /** Such as one that was compressed: its readers would say no more than that the input is malformed. */
    private static void requireText(String kind, Path file) throws IOException {
        if (!Files.exists(file)) {
            return; // Its reader says so.
        }
        try (Reader text = Files.newBufferedReader(file)) {
            long unused = text.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            boolean isBinary = e instanceof CharacterCodingException;
            if (!isBinary && !Files.isDirectory(file)) {
                throw e;
            }
            throw new UserFixableException(
                    (kind.equals(MANIFEST) ? "-Dmanifest names '" : "-DredriveReport names '") + file + "', which is "
                            + (isBinary ? "no text in UTF-8" : "a folder") + "; name files as "
                            + (kind.equals(MANIFEST) ? "publish" : "redrive")
                            + " wrote them, not compressed, as target/market-pipeline/" + kind + "-*.jsonl",
                    e);
        }
    }

    private static Path resolved(String file, MavenProject project) {
        return project.getBasedir() == null
                ? Path.of(file)
                : project.getBasedir().toPath().resolve(file);
    }
}
