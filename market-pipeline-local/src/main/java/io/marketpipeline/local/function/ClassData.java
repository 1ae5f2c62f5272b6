package io.marketpipeline.local.function;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives of class data, with which a function's JVM needn't read and verify its classes again at each start. Goal {@code
 * package} makes them: a folder by the hash of the function's zip, in it {@code class-data.properties} and the unpacked jars,
 * since an archive holds for one JVM and one class path. What doesn't fit is left aside. Thread-safe.
 */
final class ClassData {
    private static final Logger LOG = LoggerFactory.getLogger(ClassData.class);
    private static final String DESCRIPTION = "class-data.properties";

    private final @Nullable Path folder;
    private final Set<Path> told = ConcurrentHashMap.newKeySet();

    /**
     * The archives in a folder.
     *
     * @param folder null where there are none
     */
    ClassData(@Nullable Path folder) {
        this.folder = folder;
    }

    /**
     * What a process is started with.
     *
     * @param classPath of the function, as the archive knows it
     * @param flags of the JVM
     */
    record Archive(List<String> classPath, List<String> flags) {}

    /** The archive of some code; empty where there is none that fits. */
    Optional<Archive> of(Path codeRoot) {
        if (folder == null) {
            return Optional.empty();
        }
        Path made = folder.resolve(String.valueOf(codeRoot.getFileName()));
        Path description = made.resolve(DESCRIPTION);
        try {
            return Files.exists(description) ? fitting(made, description) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            tell(made, "can't be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Archive> fitting(Path made, Path description) throws IOException {
        Properties properties = new Properties();
        try (Reader text = Files.newBufferedReader(description, StandardCharsets.UTF_8)) {
            properties.load(text);
        }
        String jvm = System.getProperty("java.home") + " " + System.getProperty("java.vm.version");
        if (!jvm.equals(properties.getProperty("jvm"))) {
            tell(made, "is of another JVM: " + properties.getProperty("jvm"));
            return Optional.empty();
        }
        List<String> classPath = LoopLauncher.functionClassPath(made);
        List<String> jars = classPath.subList(1, classPath.size());
        if (!String.join("\n", jars).equals(properties.getProperty("classPath"))) {
            tell(made, "is of another class path");
            return Optional.empty();
        }
        return Optional.of(
                new Archive(jars, properties.getProperty("flags", "").lines().toList()));
    }

    private void tell(Path made, String what) {
        if (told.add(made)) {
            LOG.warn("The class data in {} {}; the function starts without", made, what);
        }
    }
}
