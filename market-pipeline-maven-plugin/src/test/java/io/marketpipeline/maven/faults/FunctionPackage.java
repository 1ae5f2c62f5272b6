package io.marketpipeline.maven.faults;

import io.marketpipeline.lambda.MarketPipelineHandler;
import io.marketpipeline.maven.artifact.Dependency;
import io.marketpipeline.maven.artifact.ProjectFiles;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The project of a user whose function is made of the library and a handler of these tests. */
public final class FunctionPackage {
    /** Modules of the SDK that the plugin has and a function hasn't. */
    private static final Set<String> PLUGIN_ONLY = Set.of(
            "cloudformation",
            "cloudwatch",
            "cloudwatchlogs",
            "eventbridge",
            "lambda",
            "s3",
            "sts",
            "dynamodb-enhanced");

    private static final List<String> LIBRARIES = List.of(
            "software/amazon/",
            "jackson-core",
            "httpc",
            "commons-codec",
            "commons-logging",
            "slf4j-api",
            "reactive-streams");

    private FunctionPackage() {}

    /** The project, with the handler's classes below a folder. */
    public static ProjectFiles project(Path classes, Class<?>... handlers) throws IOException {
        for (Class<?> handler : handlers) {
            copy(classes, handler);
            for (Class<?> nested : handler.getDeclaredClasses()) {
                copy(classes, nested);
            }
        }
        List<Dependency> dependencies = new ArrayList<>();
        dependencies.add(new Dependency("io.marketpipeline", "market-pipeline-core", "0", "", core()));
        classPath()
                .filter(FunctionPackage::isOfTheFunction)
                .map(Path::of)
                .forEach(jar -> dependencies.add(new Dependency("it", name(jar), "0", "", jar)));
        return new ProjectFiles("faults", classes, dependencies);
    }

    /** A test runner that isn't on its own class path loads the tests by URLs. */
    private static Stream<String> classPath() {
        return FunctionPackage.class.getClassLoader() instanceof URLClassLoader urls
                ? Arrays.stream(urls.getURLs()).map(URL::getPath)
                : Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1));
    }

    private static void copy(Path classes, Class<?> type) throws IOException {
        String path = type.getName().replace('.', '/') + ".class";
        Path target = classes.resolve(path);
        Files.createDirectories(target.getParent());
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(path)) {
            Files.write(target, bytes.readAllBytes());
        }
    }

    private static Path core() {
        try {
            return Path.of(MarketPipelineHandler.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isOfTheFunction(String entry) {
        String path = entry.replace('\\', '/');
        return path.endsWith(".jar")
                && LIBRARIES.stream().anyMatch(path::contains)
                && PLUGIN_ONLY.stream().noneMatch(module -> path.contains("/awssdk/" + module + "/"));
    }

    private static String name(Path jar) {
        return jar.getFileName().toString().replace(".jar", "");
    }
}
