package io.marketpipeline.maven.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * This build's artifacts in a local repository of the tests' own, which takes all else from the user's local repository
 * and leaves that as it is. Each JVM that runs tests at the same time has one: a local repository is for one Maven at a time.
 *
 * @param repository the local repository
 * @param settings that name the user's as the first place to look
 */
record BuiltArtifacts(Path repository, Path settings) {
    static final String VERSION = System.getProperty("it.version");

    private static final Path MODULE = Path.of(System.getProperty("it.basedir"));
    private static final Path OWN = MODULE.resolve("target/it").resolve(System.getProperty("it.fork"));
    private static final String GROUP = "io/marketpipeline";

    // The id's own mirror wins over one that the user has for everything.
    private static final String SETTINGS =
            """
            <settings>
              <mirrors>
                <mirror><id>build-cache-itself</id><mirrorOf>build-cache</mirrorOf><url>@url@</url></mirror>
              </mirrors>
              <profiles>
                <profile>
                  <id>build-cache</id>
                  <repositories>
                    <repository>
                      <id>build-cache</id><url>@url@</url>
                      <releases><checksumPolicy>ignore</checksumPolicy></releases>
                      <snapshots><enabled>false</enabled></snapshots>
                    </repository>
                  </repositories>
                  <pluginRepositories>
                    <pluginRepository>
                      <id>build-cache</id><url>@url@</url>
                      <releases><checksumPolicy>ignore</checksumPolicy></releases>
                      <snapshots><enabled>false</enabled></snapshots>
                    </pluginRepository>
                  </pluginRepositories>
                </profile>
              </profiles>
              <activeProfiles><activeProfile>build-cache</activeProfile></activeProfiles>
            </settings>
            """;

    private static final class Once {
        private static final BuiltArtifacts INSTALLED = install();
    }

    /** The artifacts, installed once in this JVM. */
    static BuiltArtifacts installed() {
        return Once.INSTALLED;
    }

    private static BuiltArtifacts install() {
        try {
            Path repository = OWN.resolve("repository");
            put(repository, "market-pipeline-parent", MODULE.resolve("../pom.xml"), "pom");
            for (String artifact :
                    List.of("market-pipeline-core", "market-pipeline-local", "market-pipeline-maven-plugin")) {
                Path module = MODULE.resolve("..").resolve(artifact);
                put(repository, artifact, module.resolve("pom.xml"), "pom");
                put(repository, artifact, module.resolve("target/" + artifact + "-" + VERSION + ".jar"), "jar");
            }
            Path settings = OWN.resolve("settings.xml");
            String url =
                    Path.of(System.getProperty("it.local.repository")).toUri().toString();
            Files.writeString(settings, SETTINGS.replace("@url@", url));
            return new BuiltArtifacts(repository, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(Path repository, String artifact, Path file, String type) throws IOException {
        Path target = repository
                .resolve(GROUP)
                .resolve(artifact)
                .resolve(VERSION)
                .resolve(artifact + "-" + VERSION + "." + type);
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    }
}
