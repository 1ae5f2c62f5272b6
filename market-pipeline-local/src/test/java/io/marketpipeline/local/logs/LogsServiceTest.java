package io.marketpipeline.local.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.function.FakeCalls;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.EndpointSettings;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogsServiceTest {
    private final FakeCalls calls = new FakeCalls();
    private final LogsService service = new LogsService(
            new EndpointSettings(
                    "us-east-1", "123456789012", URI.create("http://127.0.0.1:1"), Path.of("unused"), 1, 1),
            calls);

    @BeforeEach
    void groupWithTwoStreams() {
        call("CreateLogGroup", input());
        call("CreateLogStream", input().put("logStreamName", "a"));
        call("CreateLogStream", input().put("logStreamName", "b"));
    }

    private static ObjectNode input() {
        return JsonNodeFactory.instance.objectNode().put("logGroupName", "g");
    }

    private JsonNode call(String operation, ObjectNode input) {
        return service.operations()
                .get(operation)
                .call(input, new CallContext("us-east-1", "123456789012", URI.create("http://127.0.0.1:1"), "id"));
    }

    private void put(String stream, long timestamp, String... messages) {
        ObjectNode input = input().put("logStreamName", stream);
        ArrayNode events = input.putArray("logEvents");
        for (String message : messages) {
            events.addObject().put("timestamp", timestamp).put("message", message);
        }
        call("PutLogEvents", input);
    }

    @Test
    void filterInterleavesStreamsByTimeAndPages() {
        long now = System.currentTimeMillis();
        put("a", now, "1", "2");
        put("b", now + 1, "4");
        put("a", now, "3");

        JsonNode first = call("FilterLogEvents", input().put("limit", 2));
        JsonNode second = call(
                "FilterLogEvents",
                input().put("limit", 5).put("nextToken", first.path("nextToken").asText()));

        assertThat(first.path("events").findValuesAsText("message")).containsExactly("1", "2");
        assertThat(second.path("events").findValuesAsText("message")).containsExactly("3", "4");
        assertThat(second.has("nextToken")).isFalse();
        assertThat(second.path("events").get(0).path("eventId").asText()).hasSize(56);
    }

    @Test
    void filterTakesBothEndsOfItsTimeRange() {
        long now = System.currentTimeMillis();
        put("a", now - 1, "before");
        put("a", now, "first");
        put("a", now + 5, "last");
        put("a", now + 6, "after");

        JsonNode found = call("FilterLogEvents", input().put("startTime", now).put("endTime", now + 5));

        assertThat(found.path("events").findValuesAsText("message")).containsExactly("first", "last");
    }

    @Test
    void eventsWhenTooOldAreRejectedByIndex() {
        ObjectNode input = input().put("logStreamName", "a");
        input.putArray("logEvents").addObject().put("timestamp", 1).put("message", "old");

        JsonNode output = call("PutLogEvents", input);

        assertThat(output.path("rejectedLogEventsInfo")
                        .path("tooOldLogEventEndIndex")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void groupWhenUnknownIsRefused() {
        assertThatThrownBy(() -> call(
                        "FilterLogEvents", JsonNodeFactory.instance.objectNode().put("logGroupName", "x")))
                .hasMessage("The specified log group does not exist.");
    }

    @Test
    void groupHoldsItsNewestEventsOnly() {
        long now = System.currentTimeMillis();
        String large = "x".repeat(1 << 20);
        for (int i = 0; i < 70; i++) {
            put("a", now + i, i + large);
        }

        JsonNode group = call("DescribeLogGroups", JsonNodeFactory.instance.objectNode())
                .path("logGroups")
                .get(0);

        assertThat(group.path("storedBytes").asLong()).isLessThanOrEqualTo(LogGroup.LARGEST);
        JsonNode first =
                call("FilterLogEvents", input().put("limit", 1)).path("events").get(0);
        assertThat(first.path("message").asText()).doesNotStartWith("0x");
    }

    @Test
    void embeddedMetricsReachCloudWatchOncePerMinuteAndDimensions() {
        long now = System.currentTimeMillis();
        String line = "{\"_aws\":{\"Timestamp\":" + now + ",\"CloudWatchMetrics\":[{\"Namespace\":\"MarketPipeline\","
                + "\"Dimensions\":[[\"DetailType\"]],\"Metrics\":[{\"Name\":\"Processed\",\"Unit\":\"Count\"}]}]},"
                + "\"DetailType\":\"Trade Execution\",\"Processed\":2}";
        put("a", now, line, line, "no metrics in here");
        service.close();

        JsonNode call = calls.asked("cloudwatch:PutMetricData").get(0);
        assertThat(call.path("Namespace").asText()).isEqualTo("MarketPipeline");
        JsonNode datum = call.path("MetricData").get(0);
        assertThat(datum.path("MetricName").asText()).isEqualTo("Processed");
        assertThat(datum.path("Dimensions").toString())
                .isEqualTo("[{\"Name\":\"DetailType\",\"Value\":\"Trade Execution\"}]");
        assertThat(datum.path("Values").toString()).isEqualTo("[2.0]");
        assertThat(datum.path("Counts").toString()).isEqualTo("[2.0]");
    }
}
