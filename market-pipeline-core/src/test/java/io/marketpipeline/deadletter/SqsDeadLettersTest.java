package io.marketpipeline.deadletter;

import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

class SqsDeadLettersTest extends DeadLettersContract {
    private SqsClient client;

    @Override
    protected DeadLetters open(FakeQueue queue, String url) {
        client = SqsClient.builder()
                .endpointOverride(queue.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("k", "s")))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
        return SqsDeadLetters.to(url, client);
    }

    @AfterEach
    void closeClient() {
        client.close();
    }
}
