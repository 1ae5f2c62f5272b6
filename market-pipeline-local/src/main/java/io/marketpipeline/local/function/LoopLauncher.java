package io.marketpipeline.local.function;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.marketpipeline.local.function.runtime.RuntimeLoop;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Starts function processes with our own runtime loop. The class path is, as in Lambda, the function's code folder, then
 * its {@code lib/*.jar} by name; behind them the loop's own classes and aws-lambda-java-core, and nothing else of the
 * endpoint.
 */
final class LoopLauncher implements JvmLauncher {
    private final Path loopClasses;
    private final Path lambdaCore;
    private final ClassData classData;

    private LoopLauncher(Path loopClasses, Path lambdaCore, ClassData classData) {
        this.loopClasses = loopClasses;
        this.lambdaCore = lambdaCore;
        this.classData = classData;
    }

    /**
     * Copies the loop's classes into {@code folder}.
     *
     * @param classData folder with archives of class data; null for none
     */
    static LoopLauncher prepare(Path folder, @Nullable Path classData) throws IOException {
        Path source = codeSource(RuntimeLoop.class);
        Path target = folder.resolve("runtime-loop");
        String name = RuntimeLoop.class.getPackageName().replace('.', '/');
        if (Files.isDirectory(source)) {
            copy(source.resolve(name), target.resolve(name));
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(source)) {
                copy(jar.getPath(name), target.resolve(name));
            }
        }
        return new LoopLauncher(target, codeSource(RequestStreamHandler.class), new ClassData(classData));
    }

    @Override
    public Process start(ProcessSpec spec, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(JvmLauncher.java().toString());
        command.addAll(flags(spec));
        Optional<ClassData.Archive> archive = classData.of(spec.codeRoot());
        archive.ifPresent(found -> command.addAll(found.flags()));
        command.add("-cp");
        command.add(classPath(archive.isPresent() ? archive.get().classPath() : functionClassPath(spec.codeRoot())));
        command.add(RuntimeLoop.class.getName());
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(spec.codeRoot().toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** The flags of Lambda's Java runtimes: 85 % of the memory is heap, and only the first compiler but for SnapStart. */
    static List<String> flags(ProcessSpec spec) {
        List<String> flags = new ArrayList<>(List.of(
                "-Xmx" + spec.memory() * 1024L * 85 / 100 + "k",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Dfile.encoding=UTF-8",
                "-Djava.net.preferIPv4Stack=true"));
        if (!spec.snapStart()) {
            flags.add("-XX:+TieredCompilation");
            flags.add("-XX:TieredStopAtLevel=1");
        }
        return flags;
    }

    /** The function's own class path: its folder, then the jars under {@code lib} by name. */
    static List<String> functionClassPath(Path codeRoot) throws IOException {
        List<String> path = new ArrayList<>();
        path.add(codeRoot.toString());
        Path lib = codeRoot.resolve("lib");
        if (Files.isDirectory(lib)) {
            try (Stream<Path> jars = Files.list(lib)) {
                jars.map(Path::toString)
                        .filter(jar -> jar.endsWith(".jar"))
                        .sorted()
                        .forEach(path::add);
            }
        }
        return path;
    }

    private String classPath(List<String> function) {
        List<String> path = new ArrayList<>(function);
        path.add(loopClasses.toString());
        path.add(lambdaCore.toString());
        return String.join(File.pathSeparator, path);
    }

    static Path codeSource(Class<?> type) {
        try {
            URI location =
                    type.getProtectionDomain().getCodeSource().getLocation().toURI();
            return Path.of(location);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Class " + type.getName() + " comes from no file", e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(String.valueOf(file.getFileName())), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
