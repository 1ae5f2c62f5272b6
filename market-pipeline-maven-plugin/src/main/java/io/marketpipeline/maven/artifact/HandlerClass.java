package io.marketpipeline.maven.artifact;

import io.marketpipeline.maven.config.UserFixableException;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether Lambda could run the handler: it is looked at, never run. */
final class HandlerClass {
    private static final Set<String> HANDLERS = Set.of(
            "com.amazonaws.services.lambda.runtime.RequestHandler",
            "com.amazonaws.services.lambda.runtime.RequestStreamHandler");

    private HandlerClass() {}

    /**
     * Refuses a class that is no handler. One that can't be loaded here, such as one compiled for a later Java, passes.
     *
     * @param classPath the function's
     * @throws UserFixableException where it implements no handler interface, is abstract, or has no public constructor
     *     without parameters
     */
    static void check(String name, List<Path> classPath) throws IOException {
        URL[] urls = new URL[classPath.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = classPath.get(i).toUri().toURL();
        }
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            Class<?> type = Class.forName(name, false, loader);
            if (!isHandler(type) || !canBeMade(type)) {
                throw new UserFixableException(
                        "<function><handler> is '" + name + "', which Lambda can't run: a handler"
                                + " implements RequestStreamHandler or RequestHandler and has a public constructor without"
                                + " parameters. Name a class that extends io.marketpipeline.lambda.MarketPipelineHandler");
            }
        } catch (ClassNotFoundException | LinkageError e) {
            // Which Java compiled it, and for which, is not known here; Lambda's own error is in the log then.
            return;
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
