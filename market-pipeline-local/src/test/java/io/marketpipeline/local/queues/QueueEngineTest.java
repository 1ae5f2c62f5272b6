package io.marketpipeline.local.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.EndpointSettings;
import io.marketpipeline.local.gateway.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class QueueEngineTest {
    private static final String IDLE_TIMEOUT = "pekko.http.server.idle-timeout";

    private static QueueEngine start() {
        return QueueEngine.start(new EndpointSettings(
                "us-east-1", "123456789012", URI.create("http://127.0.0.1:1"), Path.of("unused"), 1, 1));
    }

    @Test
    void callWhenTheEngineIsGoneIsAFaultOfTheServiceThatCallersRepeat() {
        QueueEngine engine = start();
        engine.call("ListQueues", Json.object());
        engine.close();

        assertThatThrownBy(() -> engine.call("ListQueues", Json.object()))
                .isInstanceOfSatisfying(AwsError.class, error -> {
                    assertThat(error.httpStatus()).isEqualTo(500);
                    assertThat(error.senderFault()).isFalse();
                    assertThat(error).hasMessageStartingWith("ElasticMQ did not answer ListQueues");
                });
    }

    @Test
    void faultInsideTheEngineIsOneOfTheServiceThatCallersRepeat() {
        PrintStream log = System.err;
        try (QueueEngine engine = start()) {
            ObjectNode input = Json.object()
                    .put(
                            "QueueUrl",
                            engine.call("CreateQueue", Json.object().put("QueueName", "q"))
                                    .path("QueueUrl")
                                    .asText());
            input.putArray("MessageBody").add(5);

            // The engine logs the fault with its stack, which nobody should take for this build's.
            System.setErr(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
            assertThatThrownBy(() -> engine.call("SendMessage", input))
                    .isInstanceOfSatisfying(AwsError.class, error -> {
                        assertThat(error.httpStatus()).as(error.message()).isEqualTo(500);
                        assertThat(error.senderFault()).isFalse();
                    });
        } finally {
            System.setErr(log);
        }
    }

    /**
     * Pekko closed connections that were idle for a minute; here it is told to do so after half a second. A request that went
     * out meanwhile failed, and with it an event's delivery.
     */
    @Test
    void idleConnectionIsLeftOpen() throws IOException {
        System.setProperty(IDLE_TIMEOUT, "500ms");
        ConfigFactory.invalidateCaches();
        try (QueueEngine engine = start();
                Socket connection = new Socket(
                        InetAddress.getLoopbackAddress(), engine.address().getPort())) {
            connection.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream answer = connection.getInputStream();

            assertThat(answer.read()).isEqualTo('H');
            connection.setSoTimeout(3_000);
            assertThatThrownBy(() -> {
                        while (answer.read() >= 0) {
                            // To the answer's end, and then for three seconds.
                        }
                    })
                    .as("still open")
                    .isInstanceOf(SocketTimeoutException.class);
        } finally {
            System.clearProperty(IDLE_TIMEOUT);
            ConfigFactory.invalidateCaches();
        }
    }
}
