package io.marketpipeline.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/** One endpoint for all tests that can share it; ended with the test run. Tests take names of their own. */
final class SharedEndpoint implements BeforeAllCallback {
    static final String ACCOUNT = "000000000000";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static volatile URI address = URI.create("http://not-started");
    private static volatile Map<String, Set<String>> operations = Map.of();

    @Override
    public void beforeAll(ExtensionContext context) {
        LocalEndpoint endpoint = context.getRoot()
                .getStore(Namespace.create(SharedEndpoint.class))
                .getOrComputeIfAbsent(Running.class, key -> new Running(), Running.class)
                .endpoint;
        address = endpoint.uri();
        operations = endpoint.operations();
    }

    /** What the endpoint offers, by service. */
    static Map<String, Set<String>> operations() {
        return operations;
    }

    static URI uri() {
        return address;
    }

    /** Aims a client's builder at the endpoint. */
    static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        return builder.endpointOverride(address)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** Waits until something is as expected, or fails with what it was last. */
    static <T> T await(Supplier<T> value, Predicate<T> expected) {
        Instant deadline = Instant.now().plus(PATIENCE);
        T last = value.get();
        while (!expected.test(last)) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("After " + PATIENCE + " it is still " + last);
            }
            Thread.onSpinWait();
            last = value.get();
        }
        return last;
    }

    private static final class Running implements AutoCloseable {
        private final LocalEndpoint endpoint;

        Running() {
            try {
                endpoint = LocalEndpoint.start(LocalOptions.defaults().withPort(0));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            endpoint.close();
        }
    }
}
