package io.marketpipeline.local.queues;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.EndpointSettings;
import io.marketpipeline.local.gateway.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.scaladsl.Http;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/**
 * ElasticMQ on a free loopback port of its own, called over HTTP by this process alone: it answers only below a path that
 * nobody else knows, since it would take any web page's request. Queue URLs that it makes point at the endpoint's port.
 * Thread-safe.
 */
final class QueueEngine implements AutoCloseable {
    /**
     * The client ends idle connections, never the server: a request that goes out while the server closes its connection
     * fails, and the client sends no POST again.
     */
    private static final Config SETTINGS = ConfigFactory.parseString("pekko.http.server.idle-timeout = infinite");

    private final ActorSystem actors;
    private final SQSRestServer server;
    private final URI address;
    private final String secretPath;
    private final HttpClient client;

    private QueueEngine(ActorSystem actors, SQSRestServer server, URI address, String secretPath) {
        this.actors = actors;
        this.server = server;
        this.address = address;
        this.secretPath = secretPath;
        this.client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    static QueueEngine start(EndpointSettings endpoint) {
        String secretPath = UUID.randomUUID().toString();
        ActorSystem actors = ActorSystem.create("elasticmq", SETTINGS.withFallback(ConfigFactory.load()));
        SQSRestServer server = SQSRestServerBuilder.withActorSystem(actors)
                .withInterface("127.0.0.1")
                .withDynamicPort()
                .withServerAddress(
                        new NodeAddress("http", "127.0.0.1", endpoint.endpoint().getPort(), secretPath))
                .withAWSRegion(endpoint.region())
                .withAWSAccountId(endpoint.accountId())
                .start();
        Http.ServerBinding binding = server.waitUntilStarted();
        URI address = URI.create("http://127.0.0.1:" + binding.localAddress().getPort() + "/" + secretPath + "/");
        return new QueueEngine(actors, server, address, "/" + secretPath);
    }

    /** Where it listens, with the path below which alone it answers. */
    URI address() {
        return address;
    }

    /** Calls an operation. */
    ObjectNode call(String operation, ObjectNode input) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "AmazonSQS." + operation)
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(withSecret(input))))
                .build();
        HttpResponse<byte[]> response = send(operation, request);
        if (response.statusCode() >= 300) {
            throw error(response);
        }
        return Json.read(withoutSecret(response.body()));
    }

    /** A queue's URL is recognised by its path, whatever name of this machine it has. */
    private ObjectNode withSecret(ObjectNode input) {
        String url = input.path("QueueUrl").asText("");
        if (url.isEmpty()) {
            return input;
        }
        ObjectNode copy = Json.object();
        copy.setAll(input);
        String path = url.replaceFirst("^[a-z]+://[^/]*/", "").replaceFirst("^/", "");
        return copy.put("QueueUrl", address + path);
    }

    private byte[] withoutSecret(byte[] answer) {
        return new String(answer, StandardCharsets.UTF_8)
                .replace(secretPath, "")
                .getBytes(StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> send(String what, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AwsError(
                    "InternalFailure", "ElasticMQ did not answer " + what + ": " + e.getMessage(), 500, false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while ElasticMQ answered " + what, e);
        }
    }

    private static AwsError error(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        String text = new String(response.body(), StandardCharsets.UTF_8);
        if (!Json.isObject(text)) {
            // What fails inside the engine, or takes it too long, comes as plain text.
            return new AwsError("InternalFailure", text, status, status < 500);
        }
        ObjectNode output = Json.read(response.body());
        String type = output.path("__type").asText("InternalError");
        String message = output.path("message").asText(output.path("Message").asText(""));
        return new AwsError(type.substring(type.lastIndexOf('#') + 1), message, status, status < 500);
    }

    @Override
    public void close() {
        server.stopAndWait();
        actors.terminate();
        actors.getWhenTerminated().toCompletableFuture().join();
    }
}
