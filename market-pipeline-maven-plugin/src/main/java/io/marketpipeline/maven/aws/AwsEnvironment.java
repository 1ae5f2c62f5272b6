package io.marketpipeline.maven.aws;

import io.marketpipeline.maven.config.EndpointUrl;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.output.ShellWord;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where an environment's stack lives. Immutable.
 *
 * @param name name of the environment, such as {@code dev}
 * @param region AWS region, such as {@code us-east-1}
 * @param accountId the account that must be met there; empty for any
 * @param endpoint an AWS-shaped endpoint in place of AWS itself; empty for AWS
 * @param given switches by name that a goal must be given, beside the environment, to meet the same stack
 */
public record AwsEnvironment(
        String name, String region, Optional<String> accountId, Optional<URI> endpoint, Map<String, String> given) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final int LOCAL_PORT = 4700;
    private static final String ENDPOINT_VARIABLE = "AWS_ENDPOINT_URL";
    private static final String IGNORE_VARIABLE = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";

    public AwsEnvironment {
        given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
    }

    /** The environment that the configuration names. */
    public static AwsEnvironment of(PipelineConfig config) {
        return new AwsEnvironment(
                config.environment(), config.region(), config.accountId(), config.endpoint(), config.given());
    }

    /**
     * The same environment, at the endpoint that {@code AWS_ENDPOINT_URL} names where it has none of its own.
     *
     * @param variables the process's environment
     */
    AwsEnvironment orEndpointOf(Map<String, String> variables) {
        String url = variables.getOrDefault(ENDPOINT_VARIABLE, "");
        boolean ignored = "true".equalsIgnoreCase(variables.get(IGNORE_VARIABLE));
        if (endpoint.isPresent() || url.isBlank() || ignored) {
            return this;
        }
        Optional<URI> uri = EndpointUrl.parse(url.strip());
        if (uri.isEmpty()) {
            // Not shown: it may hold a password.
            throw new UserFixableException(ENDPOINT_VARIABLE + " must be " + EndpointUrl.ALLOWED
                    + "; example: http://127.0.0.1:4700. Set it right, or unset it.");
        }
        return new AwsEnvironment(name, region, accountId, uri, given);
    }

    /**
     * The command that calls a goal on this environment as the running goal was called, to be copied into a shell.
     *
     * @param goal such as {@code dlq}
     * @param switches of the goal, such as {@code -Dsender=function}; each becomes one word of the shell
     */
    public String command(String goal, String... switches) {
        Stream<String> repeated =
                given.entrySet().stream().map(entry -> "-D" + entry.getKey() + "=" + entry.getValue());
        return Stream.of(Stream.of("-Denv=" + name), repeated, Stream.of(switches))
                .flatMap(words -> words)
                .map(ShellWord::of)
                .collect(Collectors.joining(" ", "mvn market-pipeline:" + goal + " ", ""));
    }

    /** The command that starts the local endpoint where this environment looks for it. */
    String commandOfRun() {
        return endpoint.map(URI::getPort)
                .filter(port -> port > 0 && port != LOCAL_PORT)
                .map(port -> command("run", "-Dport=" + port))
                .orElseGet(() -> command("run"));
    }

    /** A command of the AWS CLI, told where this environment is. */
    public String cli(String command) {
        return command + " --region " + region
                + endpoint.map(url -> " --endpoint-url " + url).orElse("");
    }

    /** Whether the endpoint is on this machine. */
    public boolean loopback() {
        return endpoint.map(URI::getHost).filter(LOOPBACK::contains).isPresent();
    }

    /** Where requests go, for messages: the endpoint's URL, or AWS with its region. */
    public String where() {
        return endpoint.map(URI::toString).orElse("AWS " + region);
    }
}
