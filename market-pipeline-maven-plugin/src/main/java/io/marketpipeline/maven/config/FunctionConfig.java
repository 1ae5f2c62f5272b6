package io.marketpipeline.maven.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The function.
 *
 * @param handler fully qualified name of the handler class
 * @param memory MB
 * @param timeout of one invocation
 * @param snapStart whether published versions start from a snapshot
 * @param tracing whether X-Ray traces invocations
 * @param reservedConcurrency most events in work at once; empty for no limit of its own
 * @param keepVersions how many published versions are kept, the live one included
 * @param client what the function writes with
 * @param excludes dependencies left out of the zip besides the default ones, {@code groupId:artifactId}, {@code *} as
 *     part or whole of either
 * @param includes dependencies put into the zip although a default or {@code excludes} leaves them out, written alike
 */
public record FunctionConfig(
        String handler,
        LambdaRuntime runtime,
        int memory,
        Duration timeout,
        Architecture architecture,
        boolean snapStart,
        boolean tracing,
        OptionalInt reservedConcurrency,
        int keepVersions,
        Client client,
        List<String> excludes,
        List<String> includes) {
    private static final String JAVA_CLASS =
            "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*";

    public FunctionConfig {
        excludes = List.copyOf(excludes);
        includes = List.copyOf(includes);
    }

    /** Lambda's runtimes that run Java 17 bytecode and have SnapStart. */
    public enum LambdaRuntime {
        JAVA17,
        JAVA21,
        JAVA25;

        /** As Lambda names it, for example {@code java21}. */
        public String identifier() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Processor architectures. */
    public enum Architecture {
        ARM64,
        X86_64;

        /** As Lambda names it. */
        public String identifier() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What the function writes with. */
    public enum Client {
        /** The library's own: nothing of the AWS SDK is in the zip, unless the project's code uses it. */
        LEAN,
        /** The AWS SDK. */
        SDK;

        /** As the function's variable has it. */
        public String identifier() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static FunctionConfig read(Reading function) {
        return new FunctionConfig(
                handler(function),
                function.choice("runtime", LambdaRuntime.JAVA21, LambdaRuntime::identifier),
                function.integer("memory", 512, 128, 10_240, "MB"),
                Duration.ofSeconds(function.integer("timeout", 30, 1, 900, "seconds")),
                function.choice("architecture", Architecture.ARM64, Architecture::identifier),
                function.flag("snapStart", true),
                function.flag("tracing", true),
                function.integer("reservedConcurrency", 1, 100_000, "events at once", 50),
                function.integer("keepVersions", 5, 1, 50, "versions"),
                function.choice("client", Client.LEAN, Client::identifier),
                patterns(function, "excludes", "exclude"),
                patterns(function, "includes", "include"));
    }

    private static String handler(Reading function) {
        String allowed = "the fully qualified name of the handler class, a subclass of"
                + " io.marketpipeline.lambda.MarketPipelineHandler or that class itself";
        String example = "com.example.tape.TapeHandler";
        if (!function.isPresent("handler")) {
            function.wrong("handler", allowed, example);
        }
        return function.text("handler", JAVA_CLASS, allowed, example).orElse("");
    }

    private static List<String> patterns(Reading function, String list, String item) {
        List<String> patterns = function.values(list).orElse(List.of());
        for (String pattern : patterns) {
            if (!pattern.matches("[\\w.*-]+:[\\w.*-]+")) {
                function.group(list)
                        .wrongHere(
                                pattern,
                                "groupId:artifactId, where * stands for any characters",
                                "<" + item + ">org.slf4j:*</" + item + ">");
            }
        }
        return patterns;
    }
}
