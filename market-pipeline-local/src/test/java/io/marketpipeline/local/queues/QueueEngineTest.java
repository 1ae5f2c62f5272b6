package io.marketpipeline.local.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.EndpointSettings;
import io.marketpipeline.local.gateway.Json;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class QueueEngineTest {
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
        try (QueueEngine engine = start()) {
            ObjectNode input = Json.object()
                    .put(
                            "QueueUrl",
                            engine.call("CreateQueue", Json.object().put("QueueName", "q"))
                                    .path("QueueUrl")
                                    .asText());
            input.putArray("MessageBody").add(5);

            assertThatThrownBy(() -> engine.call("SendMessage", input))
                    .isInstanceOfSatisfying(AwsError.class, error -> {
                        assertThat(error.httpStatus()).as(error.message()).isEqualTo(500);
                        assertThat(error.senderFault()).isFalse();
                    });
        }
    }
}
