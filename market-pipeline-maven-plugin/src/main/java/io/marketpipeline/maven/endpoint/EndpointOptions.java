package io.marketpipeline.maven.endpoint;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How the local endpoint is started.
 *
 * @param classPath jars of the endpoint, in order
 * @param port TCP port on 127.0.0.1; 0 takes a free one
 * @param region AWS region that it plays
 * @param accountId account that it plays, 12 digits
 * @param log file that takes all it writes
 * @param extra further options of its main class, as they are
 */
public record EndpointOptions(
        List<Path> classPath, int port, String region, String accountId, Path log, List<String> extra) {
    private static final int FIRST_JAVA_THAT_WARNS = 24;

    // The engines' native code is meant to be there.
    private static final List<String> QUIET =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    static final String MAIN_CLASS = "io.marketpipeline.local.LocalEndpoint";

    public EndpointOptions {
        classPath = List.copyOf(classPath);
        extra = List.copyOf(extra);
    }

    List<String> command(Path java) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        if (Runtime.version().feature() >= FIRST_JAVA_THAT_WARNS) {
            command.addAll(QUIET);
        }
        command.addAll(List.of(
                "-cp",
                classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                MAIN_CLASS,
                "--port",
                Integer.toString(port),
                "--region",
                region,
                "--account",
                accountId));
        command.addAll(extra);
        return List.copyOf(command);
    }
}
