package io.marketpipeline.bench;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The archive that goal {@code package} made, as the local endpoint takes it.
 *
 * @param classPath of the function
 * @param flags with which a JVM uses the archive
 */
record ClassData(String classPath, List<String> flags) {
    /** The one beside a function's zip. */
    static ClassData beside(Path zip) throws IOException {
        try (Stream<Path> files = Files.walk(zip.resolveSibling("class-data"), 2)) {
            Path description = files.filter(file -> file.endsWith("class-data.properties"))
                    .max((one, other) -> Long.compare(
                            one.toFile().lastModified(), other.toFile().lastModified()))
                    .orElseThrow(() -> new IOException("the plugin made no archive of class data"));
            Properties properties = new Properties();
            try (Reader text = Files.newBufferedReader(description)) {
                properties.load(text);
            }
            return new ClassData(
                    properties.getProperty("classPath").replace("\n", File.pathSeparator),
                    properties.getProperty("flags").lines().toList());
        }
    }
}
