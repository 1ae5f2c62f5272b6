package io.marketpipeline.local.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.function.handlers.ScriptedHandler;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.EndpointSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lambda alone, with one function {@code f} and faked neighbours. */
final class LambdaFixture implements AutoCloseable {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private final FakeCalls calls = new FakeCalls().on("sqs:GetQueueUrl", input -> JsonNodeFactory.instance
            .objectNode()
            .put("QueueUrl", "http://queue"));
    private final LambdaService service;

    LambdaFixture(Path folder, JvmLauncher launcher) {
        service = new LambdaService(settings(folder), calls, launcher);
    }

    static LambdaFixture withLoop(Path folder) throws IOException {
        return new LambdaFixture(folder, LoopLauncher.prepare(Files.createDirectories(folder.resolve("loop")), null));
    }

    static EndpointSettings settings(Path folder) {
        return new EndpointSettings("us-east-1", "123456789012", URI.create("http://127.0.0.1:1"), folder, 0.0005, 2);
    }

    FakeCalls calls() {
        return calls;
    }

    JsonNode call(String operation, ObjectNode input) {
        CallContext context = new CallContext("us-east-1", "123456789012", URI.create("http://127.0.0.1:1"), "request");
        return service.operations().get(operation).call(input, context);
    }

    JsonNode call(String operation, String json) {
        try {
            return call(operation, (ObjectNode) MAPPER.readTree(json));
        } catch (IOException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** Creates the function {@code f}. */
    JsonNode create(String more) {
        String json = "{\"FunctionName\":\"f\",\"Runtime\":\"java21\",\"Role\":\"arn:aws:iam::123456789012:role/r\","
                + "\"Handler\":\"" + ScriptedHandler.class.getName() + "\",\"MemorySize\":256" + more + "}";
        try {
            ObjectNode input = (ObjectNode) MAPPER.readTree(json);
            input.withObject("/Code").put("ZipFile", FunctionZip.of(ScriptedHandler.class));
            return call("CreateFunction", input);
        } catch (IOException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    JsonNode invoke(String payload) {
        return invoke("f", payload, "RequestResponse");
    }

    JsonNode invoke(String name, String payload, String type) {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.put("FunctionName", name).put("InvocationType", type).put("LogType", "Tail");
        return call("Invoke", input.put("Payload", payload.getBytes(StandardCharsets.UTF_8)));
    }

    static String payload(JsonNode output) {
        try {
            return new String(output.path("Payload").binaryValue(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        service.close();
    }
}
