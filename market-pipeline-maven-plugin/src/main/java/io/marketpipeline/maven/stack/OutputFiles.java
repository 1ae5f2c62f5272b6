package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.output.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** A stack's outputs as files that scripts and tests read; the same outputs give the same bytes. */
public final class OutputFiles {
    private final Path directory;
    private final String environment;

    /** Files in the directory, named after the environment. */
    public OutputFiles(Path directory, String environment) {
        this.directory = directory;
        this.environment = environment;
    }

    /** Writes both files, making the directory where it is missing. */
    public void write(Map<String, String> outputs) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(propertiesFile(), properties(outputs));
        Files.writeString(directory.resolve("outputs-" + environment + ".json"), json(outputs));
    }

    /** {@code outputs-<environment>.properties}. */
    public Path propertiesFile() {
        return directory.resolve("outputs-" + environment + ".properties");
    }

    /** The outputs in the format of {@link Properties}, sorted, without the time. */
    public static String properties(Map<String, String> outputs) {
        return outputs.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(output -> propertyLine(output.getKey(), output.getValue()))
                .collect(Collectors.joining());
    }

    /** The outputs as a JSON object of strings. */
    public static String json(Map<String, String> outputs) {
        return Json.object(outputs) + "\n";
    }

    private static String propertyLine(String key, String value) {
        Properties one = new Properties();
        one.setProperty(key, value);
        StringWriter text = new StringWriter();
        try {
            one.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("", "", "\n"));
    }
}
