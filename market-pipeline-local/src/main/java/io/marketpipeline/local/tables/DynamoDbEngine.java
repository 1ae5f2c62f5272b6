package io.marketpipeline.local.tables;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpTester;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * DynamoDB Local, shared and in memory, without a port of its own: its handler answers the gateway's requests, and calls in
 * process go through an in-memory connector. Its own server, which would listen on all interfaces and send telemetry, is
 * never made. Thread-safe.
 */
final class DynamoDbEngine implements AutoCloseable {
    private static final long ANSWER_SECONDS = 60;

    private final LocalDynamoDBRequestHandler requests;
    private final Handler handler;
    private final Server inMemory;
    private final LocalConnector connector;
    private final String authorization;

    private DynamoDbEngine(LocalDynamoDBRequestHandler requests, String region) {
        this.requests = requests;
        this.handler = handler(requests);
        this.inMemory = new Server();
        this.connector = new LocalConnector(inMemory);
        this.authorization = "AWS4-HMAC-SHA256 Credential=local/20250101/" + region
                + "/dynamodb/aws4_request, SignedHeaders=host," + " Signature=0";
        inMemory.addConnector(connector);
        inMemory.setHandler(handler(requests));
        LifeCycle.start(inMemory);
    }

    /** Starts the engine; its native library is unpacked into the given folder. */
    static DynamoDbEngine start(Path folder, String region) throws IOException {
        SqliteNatives.unpack(folder);
        return new DynamoDbEngine(new LocalDynamoDBRequestHandler(0, true, null, true, false), region);
    }

    /** The handler for requests that come over the wire. */
    Handler handler() {
        return handler;
    }

    /** Calls an operation in process. */
    ObjectNode call(String operation, ObjectNode input) {
        byte[] body = Json.write(input);
        String head =
                """
                POST / HTTP/1.1\r
                Host: 127.0.0.1\r
                Authorization: %s\r
                X-Amz-Target: DynamoDB_20120810.%s\r
                Content-Type: application/x-amz-json-1.0\r
                Content-Length: %d\r
                Connection: close\r
                \r
                """
                        .formatted(authorization, operation, body.length);
        byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer request = ByteBuffer.allocate(headBytes.length + body.length);
        request.put(headBytes).put(body).flip();
        return answer(operation, request);
    }

    private ObjectNode answer(String operation, ByteBuffer request) {
        HttpTester.Response answer;
        try {
            answer = HttpTester.parseResponse(connector.getResponse(request, false, ANSWER_SECONDS, TimeUnit.SECONDS));
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local did not answer " + operation, e);
        }
        ObjectNode output = Json.read(answer.getContentBytes());
        if (answer.getStatus() >= 300) {
            throw error(output, answer.getStatus());
        }
        return output;
    }

    private static AwsError error(ObjectNode output, int status) {
        String type = output.path("__type").asText("InternalServerError");
        String message = output.path("message").asText(output.path("Message").asText(""));
        return new AwsError(type.substring(type.lastIndexOf('#') + 1), message, status, status < 500);
    }

    private static Handler handler(LocalDynamoDBRequestHandler requests) {
        return new LocalDynamoDBServerHandler(requests, "");
    }

    @Override
    public void close() {
        LifeCycle.stop(inMemory);
        inMemory.destroy();
        requests.shutdown();
    }
}
