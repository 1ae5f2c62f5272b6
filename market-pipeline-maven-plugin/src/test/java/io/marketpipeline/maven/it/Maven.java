package io.marketpipeline.maven.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A Maven that users have.
 *
 * @param home of Maven
 * @param javaHome of the Java that it runs on, and with it the local endpoint and the function
 */
record Maven(Path home, Path javaHome) {
    /** For a Maven that ends within seconds: what the second compiler makes would come too late. */
    private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    /** The Maven and the Java of this build. */
    static Maven ofThisBuild() {
        return new Maven(Path.of(System.getProperty("it.maven.home")), Path.of(System.getProperty("java.home")));
    }

    /** The oldest that is supported: the first of {@code -Dcontract.mavens}, homes joined by commas. */
    static Maven oldest() {
        return new Maven(homes().get(0), Path.of(System.getProperty("java.home")));
    }

    /** The newest: the last of {@code -Dcontract.mavens}. */
    static Maven newest() {
        return new Maven(homes().get(homes().size() - 1), Path.of(System.getProperty("java.home")));
    }

    /** The newest on {@code -Dcontract.java25}, a {@code java} of Java 25 that need not have a compiler. */
    static Maven newestOnJava25() {
        return new Maven(
                newest().home, Path.of(required("contract.java25")).getParent().getParent());
    }

    private static List<Path> homes() {
        return Arrays.stream(required("contract.mavens").split(",", -1))
                .map(Path::of)
                .toList();
    }

    private static String required(String property) {
        String value = System.getProperty(property, "");
        if (value.isEmpty()) {
            throw new IllegalStateException("profile contract needs -D" + property + "; .ci/run shows how to get it");
        }
        return value;
    }

    /** Starts {@code mvn} in a project. Goals without a colon are this plugin's. */
    MavenRun start(SampleProject project, String... arguments) throws IOException {
        BuiltArtifacts artifacts = BuiltArtifacts.installed();
        List<String> command = new ArrayList<>(List.of(
                home.resolve("bin/mvn").toString(),
                "--batch-mode",
                "--no-transfer-progress",
                "--global-settings",
                artifacts.settings().toString(),
                "-Dmaven.repo.local=" + artifacts.repository()));
        for (String argument : arguments) {
            command.add(argument.startsWith("-") ? argument : "market-pipeline:" + argument);
        }
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(project.folder().toFile()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.put("JAVA_HOME", javaHome.toString());
        // What the outer build was started with is not for the inner one.
        List.of("MAVEN_ARGS", "MAVEN_HOME", "M2_HOME", "MAVEN_PROJECTBASEDIR", "JAVA_TOOL_OPTIONS")
                .forEach(environment::remove);
        environment.put("MAVEN_OPTS", SHORT_LIVED);
        return new MavenRun(builder.start());
    }

    /** Runs {@code mvn} to its end. */
    MavenRun run(SampleProject project, String... arguments) throws IOException, InterruptedException {
        return start(project, arguments).untilEnd();
    }
}
