package io.marketpipeline.maven.aws;

import io.marketpipeline.maven.config.PipelineConfig;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.LambdaClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * SDK clients for one environment, each made when first asked for, all over one pool of connections. Standard retry
 * mode. At an endpoint of its own, S3 is asked with the bucket in the path. Thread-safe; close it, and not the clients.
 */
public final class AwsClients implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 64;
    private static final String LOCAL_KEY = "local";

    private final AwsEnvironment environment;
    private final AwsCredentialsProvider credentials;
    private final SdkHttpClient http;
    private final Map<Class<?>, AutoCloseable> clients = new LinkedHashMap<>();

    private AwsClients(AwsEnvironment environment) {
        SignerLog.silence();
        this.environment = environment;
        this.credentials = credentials(environment);
        this.http = ApacheHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(SOCKET_TIMEOUT)
                .maxConnections(CONNECTIONS)
                .build();
    }

    /**
     * Clients for the environment; {@code AWS_ENDPOINT_URL} stands in for an endpoint it doesn't name. Nothing is
     * connected yet.
     */
    public static AwsClients of(AwsEnvironment environment) {
        return new AwsClients(environment.orEndpointOf(System.getenv()));
    }

    /** Clients for the environment that the configuration names; see {@link #of(AwsEnvironment)}. */
    public static AwsClients of(PipelineConfig config) {
        return of(AwsEnvironment.of(config));
    }

    /**
     * Makes sure that the credentials, the account and the endpoint are what they should be, with one call.
     *
     * @throws io.marketpipeline.maven.config.UserFixableException where they aren't
     */
    public CallerIdentity check() {
        return new AwsCheck(environment, sts()).verify();
    }

    /** Says what exceptions of these clients mean. */
    public AwsFailures failures() {
        return new AwsFailures(environment);
    }

    /** The environment these clients talk to, with the endpoint in effect. */
    public AwsEnvironment environment() {
        return environment;
    }

    public CloudFormationClient cloudFormation() {
        return client(CloudFormationClient.class, () -> configured(CloudFormationClient.builder()));
    }

    public CloudWatchClient cloudWatch() {
        return client(CloudWatchClient.class, () -> configured(CloudWatchClient.builder()));
    }

    public CloudWatchLogsClient logs() {
        return client(CloudWatchLogsClient.class, () -> configured(CloudWatchLogsClient.builder()));
    }

    public DynamoDbClient dynamoDb() {
        return client(DynamoDbClient.class, () -> configured(DynamoDbClient.builder()));
    }

    public EventBridgeClient eventBridge() {
        return client(EventBridgeClient.class, () -> configured(EventBridgeClient.builder()));
    }

    public IamClient iam() {
        return client(IamClient.class, () -> configured(IamClient.builder()));
    }

    public LambdaClient lambda() {
        return client(LambdaClient.class, () -> configured(LambdaClient.builder()));
    }

    /**
     * A client that waits for the answer of a function that runs this long, and asks once: whoever is told nothing asks
     * again knowingly. The caller closes it.
     */
    public LambdaClient invoker(Duration longest) {
        LambdaClientBuilder builder = LambdaClient.builder()
                .region(Region.of(environment.region()))
                .credentialsProvider(credentials)
                .httpClientBuilder(ApacheHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(longest.plus(SOCKET_TIMEOUT))
                        .maxConnections(CONNECTIONS))
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()));
        environment.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    public S3Client s3() {
        return client(S3Client.class, () -> configured(s3Builder()));
    }

    public SqsClient sqs() {
        return client(SqsClient.class, () -> configured(SqsClient.builder()));
    }

    public StsClient sts() {
        return client(StsClient.class, () -> configured(StsClient.builder()));
    }

    /** Closes every client that was made, and the connections. */
    @Override
    public synchronized void close() {
        Deque<AutoCloseable> open = new ArrayDeque<>();
        clients.values().forEach(open::push);
        clients.clear();
        for (AutoCloseable client : open) {
            closeQuietly(client);
        }
        http.close();
        if (credentials instanceof AutoCloseable closeable) {
            closeQuietly(closeable);
        }
    }

    // Explicit keys win on loopback, a profile is not read: it may stand for a sign-in that nobody needs there.
    private static AwsCredentialsProvider credentials(AwsEnvironment environment) {
        if (!environment.loopback()) {
            return DefaultCredentialsProvider.builder().build();
        }
        return AwsCredentialsProviderChain.of(
                SystemPropertyCredentialsProvider.create(),
                EnvironmentVariableCredentialsProvider.create(),
                StaticCredentialsProvider.create(AwsBasicCredentials.create(LOCAL_KEY, LOCAL_KEY)));
    }

    // Endpoints that aren't AWS seldom know trailing checksums, and their names have no bucket in front.
    private S3ClientBuilder s3Builder() {
        S3ClientBuilder builder = S3Client.builder();
        if (environment.endpoint().isPresent()) {
            builder.forcePathStyle(true)
                    .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                    .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false));
        }
        return builder;
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C configured(B builder) {
        builder.region(Region.of(environment.region()))
                .credentialsProvider(credentials)
                .httpClient(http)
                .overrideConfiguration(override -> override.retryStrategy(RetryMode.STANDARD));
        environment.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private synchronized <C extends AutoCloseable> C client(Class<C> type, Supplier<C> make) {
        return type.cast(clients.computeIfAbsent(type, t -> make.get()));
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("An AWS client could not be closed", e);
        }
    }
}
