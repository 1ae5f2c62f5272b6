package io.marketpipeline.maven.aws;

import io.marketpipeline.maven.config.EndpointUrl;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where an environment's stack lives. Immutable.
 *
 * @param name name of the environment, such as {@code dev}
 * @param region AWS region, such as {@code us-east-1}
 * @param accountId the account that must be met there; empty for any
 * @param endpoint an AWS-shaped endpoint in place of AWS itself; empty for AWS
 */
public record AwsEnvironment(String name, String region, Optional<String> accountId, Optional<URI> endpoint) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final String ENDPOINT_VARIABLE = "AWS_ENDPOINT_URL";
    private static final String IGNORE_VARIABLE = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";

    /** The environment that the configuration names. */
    public static AwsEnvironment of(PipelineConfig config) {
        return new AwsEnvironment(config.environment(), config.region(), config.accountId(), config.endpoint());
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
        return new AwsEnvironment(name, region, accountId, uri);
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
