package io.marketpipeline.local.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.function.Eventually;
import io.marketpipeline.local.function.FakeCalls;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.EndpointSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventsServiceTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:f:live";
    private static final String QUEUE = "arn:aws:sqs:us-east-1:123456789012:dlq";
    private static final String RULE = "arn:aws:events:us-east-1:123456789012:rule/b/r";

    private final FakeCalls calls = new FakeCalls();
    private EventsService service;

    @BeforeEach
    void busWithARuleToAFunction() {
        service = new EventsService(
                new EndpointSettings(
                        "us-east-1", "123456789012", URI.create("http://127.0.0.1:1"), Path.of("unused"), 0, 1),
                calls);
        calls.on("lambda:GetPolicy", input -> json("Policy", policy("lambda:InvokeFunction", FUNCTION)));
        calls.on("sqs:GetQueueUrl", input -> json("QueueUrl", "http://dlq"));
        queuePolicy(policy("sqs:SendMessage", QUEUE));
        call("CreateEventBus", "{'Name':'b'}");
        call("PutRule", "{'Name':'r','EventBusName':'b','EventPattern':'{\\\"source\\\":[\\\"market.data\\\"]}'}");
        call(
                "PutTargets",
                "{'Rule':'r','EventBusName':'b','Targets':[{'Id':'t','Arn':'" + FUNCTION
                        + "','RetryPolicy':{'MaximumRetryAttempts':2},'DeadLetterConfig':{'Arn':'" + QUEUE + "'}}]}");
    }

    @AfterEach
    void close() {
        service.close();
    }

    private void queuePolicy(String policy) {
        calls.on("sqs:GetQueueAttributes", input -> {
            ObjectNode output = JsonNodeFactory.instance.objectNode();
            output.putObject("Attributes").put("Policy", policy);
            return output;
        });
    }

    private static String policy(String action, String resource) {
        return "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"events.amazonaws.com\"},\"Action\":\""
                + action + "\",\"Resource\":\"" + resource + "\",\"Condition\":{\"ArnLike\":{\"AWS:SourceArn\":\""
                + RULE
                + "\"}}}]}";
    }

    private static ObjectNode json(String name, String value) {
        return JsonNodeFactory.instance.objectNode().put(name, value);
    }

    private JsonNode call(String operation, String json) {
        try {
            ObjectNode input = (ObjectNode) MAPPER.readTree(json.replace('\'', '"'));
            return service.operations()
                    .get(operation)
                    .call(input, new CallContext("us-east-1", "123456789012", URI.create("http://127.0.0.1:1"), "id"));
        } catch (IOException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private JsonNode put(String detail) {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.putArray("Entries")
                .addObject()
                .put("EventBusName", "b")
                .put("Source", "market.data")
                .put("DetailType", "Trade \"Execution\"")
                .put("Time", 1_700_000_000.75)
                .put("Detail", detail);
        return service.operations()
                .get("PutEvents")
                .call(input, new CallContext("us-east-1", "123456789012", URI.create("http://127.0.0.1:1"), "id"));
    }

    private JsonNode deadLetter() {
        Eventually.holds("a dead letter", () -> !calls.asked("sqs:SendMessage").isEmpty());
        return calls.asked("sqs:SendMessage").get(0);
    }

    private static String attribute(JsonNode letter, String name) {
        return letter.path("MessageAttributes").path(name).path("StringValue").asText();
    }

    @Test
    void functionGetsTheEnvelopeWithTheDetailByteForByte() throws IOException {
        String detail = "{ \"price\":12.3400,\n \"b\":1e2, \"é\":\"\\u00e9\" }";

        String id = put(detail).path("Entries").get(0).path("EventId").asText();

        ObjectNode invoke = calls.asked("lambda:Invoke").get(0);
        assertThat(new String(invoke.get("Payload").binaryValue(), StandardCharsets.UTF_8))
                .isEqualTo("{\"version\":\"0\",\"id\":\"" + id
                        + "\",\"detail-type\":\"Trade \\\"Execution\\\"\",\"source\":\"market.data\","
                        + "\"account\":\"123456789012\",\"time\":\"2023-11-14T22:13:20Z\",\"region\":\"us-east-1\","
                        + "\"resources\":[],\"detail\":" + detail + "}");
        assertThat(invoke.path("FunctionName").asText()).isEqualTo(FUNCTION);
        assertThat(invoke.path("InvocationType").asText()).isEqualTo("Event");
    }

    @Test
    void entriesAreRefusedOneByOne() {
        JsonNode output = call(
                "PutEvents",
                "{'Entries':[{'Source':'s','DetailType':'d','Detail':'{}'},{'DetailType':'d','Detail':'{}'},"
                        + "{'Source':'s','Detail':'{}'},{'Source':'s','DetailType':'d'},"
                        + "{'Source':'s','DetailType':'d','Detail':'{'},{'Source':'s','DetailType':'d','Detail':'[]'},"
                        + "{'Source':'aws.s3','DetailType':'d','Detail':'{}'},"
                        + "{'Source':'s','DetailType':'d','Detail':'{}','EventBusName':'nowhere'}]}");

        assertThat(output.path("FailedEntryCount").asInt()).isEqualTo(6);
        assertThat(output.path("Entries").findValuesAsText("ErrorCode"))
                .containsExactly(
                        "InvalidArgument",
                        "InvalidArgument",
                        "InvalidArgument",
                        "MalformedDetail",
                        "MalformedDetail",
                        "NotAuthorizedForSourceException");
        assertThat(output.path("Entries").findValuesAsText("ErrorMessage"))
                .contains(
                        "Parameter Source is not valid. Reason: Source is a required argument.",
                        "Detail is malformed.",
                        "Not authorized for the source.");
    }

    @Test
    void requestWhenTooLargeOrTooLongIsRefused() {
        assertThatThrownBy(() -> put("{\"a\":\"" + "x".repeat(1 << 20) + "\"}"))
                .isInstanceOf(AwsError.class)
                .hasMessage("Total size of the entries in the request is over the limit.");
        assertThatThrownBy(() -> call("PutEvents", "{'Entries':[{},{},{},{},{},{},{},{},{},{},{}]}"))
                .hasMessageContaining("Member must have length less than or equal to 10");
    }

    @Test
    void deliveryWhenTheTargetKeepsFailingIsRetriedAndDeadLettered() {
        calls.on("lambda:Invoke", input -> {
            throw new AwsError("ServiceException", "down\u001b", 500, false);
        });

        put("{\"n\":1}");

        JsonNode letter = deadLetter();
        assertThat(calls.asked("lambda:Invoke")).hasSize(3);
        assertThat(letter.path("MessageBody").asText()).endsWith("\"detail\":{\"n\":1}}");
        assertThat(attribute(letter, "RULE_ARN")).isEqualTo(RULE);
        assertThat(attribute(letter, "TARGET_ARN")).isEqualTo(FUNCTION);
        assertThat(attribute(letter, "ERROR_CODE")).isEqualTo("INTERNAL_ERROR");
        assertThat(attribute(letter, "ERROR_MESSAGE"))
                .as("without what SQS refuses")
                .isEqualTo("down?");
        assertThat(attribute(letter, "EXHAUSTED_RETRY_CONDITION")).isEqualTo("MaximumRetryAttempts");
        assertThat(attribute(letter, "RETRY_ATTEMPTS")).isEqualTo("2");
    }

    /** Only AWS's errors were looked at, so that the event was gone with any other. */
    @Test
    void deliveryWhenTheEndpointItselfFailsIsTriedAgain() {
        call("RemoveTargets", "{'Rule':'r','EventBusName':'b','Ids':['t']}");
        call("PutTargets", "{'Rule':'r','EventBusName':'b','Targets':[{'Id':'q','Arn':'" + QUEUE + "'}]}");
        AtomicInteger asked = new AtomicInteger();
        calls.on("sqs:SendMessage", input -> {
            if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("disk full");
            }
            return JsonNodeFactory.instance.objectNode();
        });

        put("{\"n\":1}");

        Eventually.holds("the second attempt", () -> calls.metric("SuccessfulInvocationAttempts") == 1);
        assertThat(asked).hasValue(2);
    }

    /** The whole request failed, and the entries behind it went nowhere. */
    @Test
    void entryThatCannotBeRoutedFailsAlone() {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        for (String detail : List.of("{\"a\":" + "[".repeat(999) + "]".repeat(999) + "}", "{}")) {
            input.withArray("/Entries")
                    .addObject()
                    .put("EventBusName", "b")
                    .put("Source", "market.data")
                    .put("DetailType", "Trade Execution")
                    .put("Detail", detail);
        }

        JsonNode output = call("PutEvents", input.toString());

        assertThat(output.path("Entries").get(0).path("ErrorCode").asText()).isEqualTo("InternalFailure");
        assertThat(output.path("Entries").get(1).has("EventId")).isTrue();
        assertThat(output.path("FailedEntryCount").asInt()).isEqualTo(1);
        assertThat(calls.asked("lambda:Invoke")).hasSize(1);
    }

    @Test
    void deliveryWhenTheRuleHasNoPermissionIsDeadLetteredAtOnce() {
        calls.on(
                "lambda:GetPolicy",
                input ->
                        json("Policy", policy("lambda:InvokeFunction", FUNCTION).replace("/b/r", "/b/x")));

        put("{}");

        assertThat(attribute(deadLetter(), "ERROR_CODE")).isEqualTo("NO_PERMISSIONS");
        assertThat(calls.asked("lambda:Invoke")).isEmpty();
    }

    @Test
    void deadLetterWhenTheQueuesPolicyDoesNotAllowItIsCountedAndLost() {
        queuePolicy("");
        calls.on("lambda:Invoke", input -> {
            throw AwsError.of("ResourceNotFoundException", "Function not found", 404);
        });

        put("{}");

        Eventually.holds("the metric", () -> calls.metric("InvocationsFailedToBeSentToDlq") == 1);
        assertThat(calls.asked("sqs:SendMessage")).isEmpty();
        assertThat(calls.metric("FailedInvocations")).isEqualTo(1);
    }

    @Test
    void eventThatMatchesNoRuleGoesNowhere() {
        JsonNode output =
                call("PutEvents", "{'Entries':[{'Source':'other','DetailType':'d','Detail':'{}','EventBusName':'b'}]}");

        assertThat(output.path("FailedEntryCount").asInt()).isZero();
        assertThat(calls.asked("lambda:Invoke")).isEmpty();
    }

    @Test
    void transformerMakesTheTargetsInput() throws IOException {
        ObjectNode target = (ObjectNode)
                MAPPER.readTree(
                        "{\"Id\":\"t\",\"Arn\":\"" + FUNCTION
                                + "\",\"InputTransformer\":{\"InputPathsMap\":{\"p\":\"$.detail.price\",\"s\":\"$.source\"},"
                                + "\"InputTemplate\":\"{\\\"price\\\":<p>,\\\"text\\\":\\\"from <s>\\\",\\\"rule\\\":<aws.events.rule-name>}\"}}");
        ObjectNode input =
                JsonNodeFactory.instance.objectNode().put("Rule", "r").put("EventBusName", "b");
        input.putArray("Targets").add(target);
        call("PutTargets", input.toString());

        put("{\"price\":1.5}");

        assertThat(new String(calls.asked("lambda:Invoke").get(0).get("Payload").binaryValue(), StandardCharsets.UTF_8))
                .isEqualTo("{\"price\":1.5,\"text\":\"from market.data\",\"rule\":\"r\"}");
    }

    /** An archive with one event, that the function has had. */
    private String archiveWithAnEvent() {
        call(
                "CreateArchive",
                "{'ArchiveName':'a','EventSourceArn':'arn:aws:events:us-east-1:123456789012:event-bus/b'}");
        call("PutEvents", "{'Entries':[{'EventBusName':'b','Source':'market.data','DetailType':'T','Detail':'{}'}]}");
        Eventually.holds("the event", () -> calls.asked("lambda:Invoke").size() == 1);
        return "'EventSourceArn':'arn:aws:events:us-east-1:123456789012:archive/a','EventStartTime':0,'EventEndTime':"
                + (System.currentTimeMillis() / 1000 + 60)
                + ",'Destination':{'Arn':'arn:aws:events:us-east-1:123456789012:event-bus/b'";
    }

    @Test
    void replayGoesToTheNamedRulesAloneAndCarriesItsName() throws IOException {
        String replay = archiveWithAnEvent();
        call(
                "PutRule",
                "{'Name':'own','EventBusName':'b','EventPattern':'{\\\"$or\\\":[{\\\"replay-name\\\":[\\\"r-1\\\"]},"
                        + "{\\\"source\\\":[\\\"probe\\\"],\\\"detail-type\\\":[\\\"r-1\\\"]}]}'}");
        call("PutTargets", "{'Rule':'own','EventBusName':'b','Targets':[{'Id':'t','Arn':'" + QUEUE + "'}]}");
        queuePolicy(
                "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sqs:*\",\"Resource\":\"*\"}]}");

        call(
                "StartReplay",
                "{'ReplayName':'r-1'," + replay
                        + ",'FilterArns':['arn:aws:events:us-east-1:123456789012:rule/b/own']}}");

        Eventually.holds(
                "the replayed event", () -> calls.asked("sqs:SendMessage").size() == 1);
        JsonNode envelope = MAPPER.readTree(
                calls.asked("sqs:SendMessage").get(0).path("MessageBody").asText());
        assertThat(envelope.path("replay-name").asText()).isEqualTo("r-1");
        assertThat(calls.asked("lambda:Invoke")).as("the rule that isn't named").hasSize(1);
    }

    /** It stayed RUNNING for ever, and counted against the ten. */
    @Test
    void replayOfAnEventThatCannotBeRoutedFails() {
        String replay = archiveWithAnEvent();
        put("{\"a\":" + "[".repeat(999) + "]".repeat(999) + "}");

        call("StartReplay", "{'ReplayName':'r-1'," + replay + "}}");

        Eventually.holds("the replay's end", () -> call("DescribeReplay", "{'ReplayName':'r-1'}")
                .has("ReplayEndTime"));
        assertThat(call("DescribeReplay", "{'ReplayName':'r-1'}").path("State").asText())
                .isEqualTo("FAILED");
    }

    @Test
    void eleventhActiveReplayIsRefused() {
        String replay = archiveWithAnEvent();
        CountDownLatch busy = new CountDownLatch(1);
        calls.on("lambda:Invoke", input -> {
            try {
                busy.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return JsonNodeFactory.instance.objectNode();
        });
        for (int i = 1; i <= 10; i++) {
            call("StartReplay", "{'ReplayName':'r-" + i + "'," + replay + "}}");
        }

        assertThatThrownBy(() -> call("StartReplay", "{'ReplayName':'r-11'," + replay + "}}"))
                .isInstanceOfSatisfying(
                        AwsError.class, error -> assertThat(error.code()).isEqualTo("LimitExceededException"));
        assertThat(call("CancelReplay", "{'ReplayName':'r-9'}").path("State").asText())
                .isEqualTo("CANCELLING");
        busy.countDown();
        Eventually.holds("the last replay's end", () -> call("DescribeReplay", "{'ReplayName':'r-10'}")
                .path("State")
                .asText()
                .equals("COMPLETED"));
        assertThat(call("DescribeReplay", "{'ReplayName':'r-9'}").path("State").asText())
                .isEqualTo("CANCELLED");
        assertThat(call("StartReplay", "{'ReplayName':'r-11'," + replay + "}}")
                        .path("State")
                        .asText())
                .isIn("STARTING", "RUNNING", "COMPLETED");
    }
}
