package io.marketpipeline.maven.artifact;

import io.marketpipeline.maven.config.FunctionConfig;
import io.marketpipeline.maven.config.Problem;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether Lambda could run the handler: it is looked at, never run. */
public final class HandlerClass {
    private static final Set<String> HANDLERS = Set.of(
            "com.amazonaws.services.lambda.runtime.RequestHandler",
            "com.amazonaws.services.lambda.runtime.RequestStreamHandler");
    private static final String WHERE = "<function><handler>";
    private static final String EXAMPLE = "a class that extends io.marketpipeline.lambda.MarketPipelineHandler";
    private static final String CLASS_FILE = ".class";

    private HandlerClass() {}

    /**
     * What is wrong with the handler: nothing is compiled, there is no such class, or it implements no handler interface,
     * is abstract, or has no public constructor without parameters. A class that can't be loaded here, such as one
     * compiled for a later Java, passes.
     */
    public static List<Problem> problems(FunctionConfig function, ProjectFiles project) throws IOException {
        if (function.handler().isEmpty()) {
            return List.of();
        }
        List<Path> classPath = new ArrayList<>(List.of(project.classes()));
        new DependencyFilter(function).needed(project).forEach(dependency -> classPath.add(dependency.file()));
        if (!contains(classPath, function.handler().replace('.', '/') + CLASS_FILE)) {
            return List.of(missing(function.handler(), project.classes()));
        }
        return runs(function.handler(), classPath)
                ? List.of()
                : List.of(new Problem(
                        WHERE,
                        "is '" + function.handler() + "', which Lambda can't run",
                        "a handler implements RequestStreamHandler or RequestHandler and has a public constructor"
                                + " without parameters",
                        EXAMPLE));
    }

    private static boolean contains(List<Path> classPath, String classFile) throws IOException {
        for (Path entry : classPath) {
            if (ClassFiles.contains(entry, classFile)) {
                return true;
            }
        }
        return false;
    }

    private static Problem missing(String handler, Path classes) throws IOException {
        if (!Files.isDirectory(classes)) {
            return new Problem(
                    WHERE,
                    "is '" + handler + "', but nothing is compiled: " + classes + " doesn't exist",
                    "run the compiler before this goal",
                    "mvn process-classes");
        }
        String simpleName = handler.substring(handler.lastIndexOf('.') + 1);
        String meant = ClassFiles.read(classes).keySet().stream()
                .filter(name -> name.equals(simpleName + CLASS_FILE) || name.endsWith("/" + simpleName + CLASS_FILE))
                .findFirst()
                .map(name -> "did you mean '"
                        + name.substring(0, name.length() - CLASS_FILE.length()).replace('/', '.') + "'?")
                .orElse("name one that is there");
        return new Problem(
                WHERE,
                "is '" + handler + "', but neither the project's classes in " + classes
                        + " nor its runtime dependencies have such a class",
                meant,
                EXAMPLE);
    }

    private static boolean runs(String name, List<Path> classPath) throws IOException {
        URL[] urls = new URL[classPath.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = classPath.get(i).toUri().toURL();
        }
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            Class<?> type = Class.forName(name, false, loader);
            return isHandler(type) && canBeMade(type);
        } catch (ClassNotFoundException | LinkageError e) {
            // Which Java compiled it, and for which, is not known here; Lambda's own error is in the log then.
            return true;
        }
    }

    private static boolean isHandler(@Nullable Class<?> type) {
        if (type == null) {
            return false;
        }
        if (HANDLERS.contains(type.getName()) || isHandler(type.getSuperclass())) {
            return true;
        }
        for (Class<?> implemented : type.getInterfaces()) {
            if (isHandler(implemented)) {
                return true;
            }
        }
        return false;
    }

    private static boolean canBeMade(Class<?> type) {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 0) {
                return Modifier.isPublic(constructor.getModifiers())
                        && Modifier.isPublic(type.getModifiers())
                        && !Modifier.isAbstract(type.getModifiers());
            }
        }
        return false;
    }
}
