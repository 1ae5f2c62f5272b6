package io.marketpipeline.maven.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What changes from run to run and wins over the pom.
 *
 * @param environment {@code -Denv}; empty where it isn't given
 * @param region {@code -Dregion}
 * @param endpoint {@code -Dendpoint}
 * @param accountId {@code -DaccountId}
 * @param outputDirectory where zip, template and outputs are written
 */
public record Switches(
        Optional<String> environment,
        Optional<String> region,
        Optional<String> endpoint,
        Optional<String> accountId,
        Path outputDirectory) {
    /** Only the environment is given. */
    public static Switches ofEnvironment(String environment, Path outputDirectory) {
        return new Switches(
                Optional.of(environment), Optional.empty(), Optional.empty(), Optional.empty(), outputDirectory);
    }
}
