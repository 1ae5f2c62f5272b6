package io.marketpipeline.local.function;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Starts the JVM of a function process. */
@FunctionalInterface
interface JvmLauncher {
    /**
     * Starts a process whose standard input is a pipe from this one and whose standard output and error are one stream.
     *
     * @param environment the whole environment, Runtime API address included; nothing is inherited
     * @throws IOException when it can't be started
     */
    Process start(ProcessSpec spec, Map<String, String> environment) throws IOException;

    /** Whether the processes mark the end of each invocation in their output, as our own loop does. */
    default boolean marksEnds() {
        return true;
    }

    /** The {@code java} program of the JDK that runs this process. */
    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
