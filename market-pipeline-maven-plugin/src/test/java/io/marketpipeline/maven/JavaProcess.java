package io.marketpipeline.maven;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of its own for what a test ends before its time. */
public final class JavaProcess {
    private JavaProcess() {}

    /** Runs a main class of the tests on their class path; what it writes comes out as one. */
    public static ProcessBuilder of(Class<?> main, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new ProcessBuilder(command).redirectErrorStream(true);
    }
}
