package io.marketpipeline.wire;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import io.marketpipeline.dynamodb.LocalTables;
import java.net.URI;
import java.util.Map;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Amazon's DynamoDB Local with both tables, on a loopback port of its own. */
final class LocalDynamoDb implements AutoCloseable {
    private final LocalDynamoDBRequestHandler engine = new LocalDynamoDBRequestHandler(0, true, null, true, false);
    private final Server server = new Server();
    private final DynamoDbClient client;
    private final String address;

    LocalDynamoDb() {
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new LocalDynamoDBServerHandler(engine, ""));
        LifeCycle.start(server);
        address = "http://127.0.0.1:" + connector.getLocalPort();
        client = DynamoDbClient.builder()
                .endpointOverride(URI.create(address))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build();
        LocalTables.createBoth(client);
    }

    DynamoDbClient client() {
        return client;
    }

    /** The environment of a function that writes here. */
    Map<String, String> environment() {
        return Map.of(
                "AWS_REGION", "us-east-1",
                "AWS_ENDPOINT_URL", address,
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local");
    }

    @Override
    public void close() {
        client.close();
        LifeCycle.stop(server);
        engine.shutdown();
    }
}
