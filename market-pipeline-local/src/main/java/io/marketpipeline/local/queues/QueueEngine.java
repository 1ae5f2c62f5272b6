package io.marketpipeline.local.queues;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.EndpointSettings;
import io.marketpipeline.local.gateway.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.apache.pekko.http.scaladsl.Http;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/**
 * ElasticMQ on a free loopback port of its own, called over HTTP by this process alone. Queue URLs that it makes point at
 * the endpoint's port. Thread-safe.
 */
final class QueueEngine implements AutoCloseable {
    private final SQSRestServer server;
    private final URI address;
    private final HttpClient client;

    private QueueEngine(SQSRestServer server, URI address) {
        this.server = server;
        this.address = address;
        this.client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    static QueueEngine start(EndpointSettings endpoint) {
        SQSRestServer server = SQSRestServerBuilder.withInterface("127.0.0.1")
                .withDynamicPort()
                .withServerAddress(
                        new NodeAddress("http", "127.0.0.1", endpoint.endpoint().getPort(), ""))
                .withAWSRegion(endpoint.region())
                .withAWSAccountId(endpoint.accountId())
                .start();
        Http.ServerBinding binding = server.waitUntilStarted();
        return new QueueEngine(
                server, URI.create("http://127.0.0.1:" + binding.localAddress().getPort() + "/"));
    }

    /** Calls an operation. */
    ObjectNode call(String operation, ObjectNode input) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "AmazonSQS." + operation)
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(input)))
                .build();
        HttpResponse<byte[]> response = send(operation, request);
        if (response.statusCode() >= 300) {
            throw error(Json.read(response.body()), response.statusCode());
        }
        return Json.read(response.body());
    }

    /** Passes a request of the old Query protocol on as it is. */
    HttpResponse<byte[]> query(String path, byte[] form) {
        return send(
                "a Query request",
                HttpRequest.newBuilder(address.resolve(path))
                        .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(form))
                        .build());
    }

    private HttpResponse<byte[]> send(String what, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("ElasticMQ did not answer " + what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while ElasticMQ answered " + what, e);
        }
    }

    private static AwsError error(ObjectNode output, int status) {
        String type = output.path("__type").asText("InternalError");
        String message = output.path("message").asText(output.path("Message").asText(""));
        return new AwsError(type.substring(type.lastIndexOf('#') + 1), message, status, status < 500);
    }

    @Override
    public void close() {
        server.stopAndWait();
    }
}
