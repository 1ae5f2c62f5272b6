package io.marketpipeline.maven.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What changes from run to run and wins over the pom.
 *
 * @param environment {@code -Denv}; empty where it isn't given
 * @param region {@code -Dregion}
 * @param endpoint {@code -Dendpoint}
 * @param accountId {@code -DaccountId}
 * @param profile {@code -Daws.profile}, which the SDK reads by itself
 * @param outputDirectory where zip, template and outputs are written
 */
public record Switches(
        Optional<String> environment,
        Optional<String> region,
        Optional<String> endpoint,
        Optional<String> accountId,
        Optional<String> profile,
        Path outputDirectory) {
    /** Name of the switch that says where all calls go. */
    static final String ENDPOINT = "endpoint";

    /** Only the environment is given. */
    public static Switches ofEnvironment(String environment, Path outputDirectory) {
        return new Switches(
                Optional.of(environment),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                outputDirectory);
    }

    /** Those beside the environment that were given, by name: who calls the same pipeline again gives them again. */
    Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        region.ifPresent(value -> given.put("region", value));
        accountId.ifPresent(value -> given.put("accountId", value));
        endpoint.ifPresent(value -> given.put(ENDPOINT, value));
        profile.ifPresent(value -> given.put("aws.profile", value));
        return given;
    }
}
