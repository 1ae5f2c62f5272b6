package io.marketpipeline.local.function.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds and makes the handler: {@code package.Class} of a stream or request handler, or {@code package.Class::method}.
 * Input types other than streams are those that JSON has: text, maps, lists, numbers, booleans.
 */
final class HandlerLoader {
    private static final List<Class<?>> JSON_TYPES =
            List.of(Object.class, String.class, Map.class, List.class, Number.class, Boolean.class);

    private HandlerLoader() {}

    static InvocationHandler load(String name) throws ReflectiveOperationException {
        int separator = name.indexOf("::");
        String className = separator < 0 ? name : name.substring(0, separator);
        Class<?> type;
        try {
            type = Class.forName(className);
        } catch (ClassNotFoundException e) {
            throw new ClassNotFoundException("Class not found: " + className, e);
        }
        Object handler = type.getDeclaredConstructor().newInstance();
        if (separator >= 0 && !name.endsWith("::handleRequest")) {
            return reflective(handler, name.substring(separator + 2));
        }
        if (handler instanceof RequestStreamHandler stream) {
            return new Streamed(stream);
        }
        if (handler instanceof RequestHandler) {
            return reflective(handler, "handleRequest");
        }
        throw new IllegalArgumentException("Class " + className + " implements neither RequestStreamHandler nor"
                + " RequestHandler, and the handler names no method (\"" + className + "::method\").");
    }

    /** Returns what a reflective call or static initializer failed with, or {@code e} itself. */
    static Throwable unwrapped(Throwable e) {
        Throwable cause = e.getCause();
        boolean wrapper = e instanceof InvocationTargetException || e instanceof ExceptionInInitializerError;
        return wrapper && cause != null ? unwrapped(cause) : e;
    }

    /** A class, and no lambda: the first of those takes ten milliseconds of a cold start. */
    private static final class Streamed implements InvocationHandler {
        private final RequestStreamHandler handler;

        Streamed(RequestStreamHandler handler) {
            this.handler = handler;
        }

        @Override
        public byte[] handle(byte[] event, Context context) throws Exception {
            ByteArrayOutputStream answer = new ByteArrayOutputStream(512);
            handler.handleRequest(new ByteArrayInputStream(event), answer, context);
            return answer.toByteArray();
        }
    }

    private static InvocationHandler reflective(Object handler, String name) {
        Method method = Arrays.stream(handler.getClass().getMethods())
                .filter(candidate -> candidate.getName().equals(name) && !candidate.isBridge())
                .max(Comparator.comparingInt(Method::getParameterCount))
                .orElseThrow(() -> new IllegalArgumentException(
                        "Class " + handler.getClass().getName() + " has no public method " + name + "."));
        Class<?>[] parameters = method.getParameterTypes();
        if (parameters.length > 0 && parameters[0] != Context.class && !JSON_TYPES.contains(parameters[0])) {
            throw new IllegalArgumentException("Method " + name + " of "
                    + handler.getClass().getName() + " takes "
                    + parameters[0].getName() + ", which the local endpoint doesn't make from JSON; take an InputStream"
                    + " (RequestStreamHandler), a Map, a List or a String.");
        }
        return (event, context) -> {
            Object answer = method.invoke(handler, arguments(parameters, event, context));
            return method.getReturnType() == void.class ? "null".getBytes(StandardCharsets.UTF_8) : json(answer);
        };
    }

    private static @Nullable Object[] arguments(Class<?>[] parameters, byte[] event, Context context) {
        @Nullable Object[] arguments = new @Nullable Object[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            arguments[i] = parameters[i] == Context.class
                    ? context
                    : PlainJson.parse(new String(event, StandardCharsets.UTF_8));
        }
        return arguments;
    }

    private static byte[] json(@Nullable Object answer) {
        return PlainJson.write(answer).getBytes(StandardCharsets.UTF_8);
    }
}
