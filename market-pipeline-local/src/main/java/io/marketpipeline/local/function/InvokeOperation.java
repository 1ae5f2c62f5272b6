package io.marketpipeline.local.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.CallContext;
import io.marketpipeline.local.gateway.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code Invoke}: synchronous, asynchronous, or a dry run. */
final class InvokeOperation implements Operation {
    /** Lambda's limits of a payload, in bytes (Lambda developer guide, "Lambda quotas"). */
    private static final int LARGEST_SYNCHRONOUS = 6 << 20;

    private static final int LARGEST_ASYNCHRONOUS = 1 << 20;

    /** How long a caller waits for a process to come free, beside the function's own timeout. */
    private static final long LONGEST_WAIT_SECONDS = 900;

    private static final JsonFactory JSON = new JsonFactory();

    private final FunctionCatalog catalog;
    private final FunctionRuntime runtime;
    private final AsyncInvoker async;

    InvokeOperation(FunctionCatalog catalog, FunctionRuntime runtime, AsyncInvoker async) {
        this.catalog = catalog;
        this.runtime = runtime;
        this.async = async;
    }

    @Override
    public JsonNode call(ObjectNode input, CallContext context) {
        FunctionReference reference = FunctionReference.of(input);
        StoredFunction function = catalog.function(reference);
        FunctionVersion version = catalog.version(reference);
        byte[] payload = payload(input);
        return switch (input.path("InvocationType").asText("RequestResponse")) {
            case "DryRun" -> JsonNodeFactory.instance.objectNode().put("StatusCode", 204);
            case "Event" -> {
                checkSize(payload, LARGEST_ASYNCHRONOUS);
                async.accept(reference, payload, UUID.randomUUID().toString());
                yield JsonNodeFactory.instance.objectNode().put("StatusCode", 202);
            }
            default -> {
                checkSize(payload, LARGEST_SYNCHRONOUS);
                boolean tail = input.path("LogType").asText().equals("Tail");
                yield synchronous(reference, function, version, payload, tail);
            }
        };
    }

    private ObjectNode synchronous(
            FunctionReference reference,
            StoredFunction function,
            FunctionVersion version,
            byte[] payload,
            boolean tail) {
        if (function.reserved() != StoredFunction.UNRESERVED && runtime.load(function.name()) >= function.reserved()) {
            runtime.count(catalog.arn(reference), "Throttles");
            throw AwsError.of("TooManyRequestsException", "Rate Exceeded.", 429);
        }
        CompletableFuture<InvocationResult> future = new CompletableFuture<>();
        Invocation invocation = new Invocation(
                UUID.randomUUID().toString(),
                catalog.arn(reference),
                payload,
                tail,
                Invocation.NEVER,
                future::complete);
        runtime.submit(version, function::reserved, invocation, true);
        InvocationResult result = result(future);
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        output.put("StatusCode", 200).put("ExecutedVersion", version.version());
        output.put("Payload", result.payload());
        if (result.kind() == InvocationResult.Kind.FUNCTION_ERROR) {
            output.put("FunctionError", "Unhandled");
        } else if (result.kind() != InvocationResult.Kind.SUCCESS) {
            throw catalog.notFound(reference);
        }
        if (tail) {
            output.put(
                    "LogResult", Base64.getEncoder().encodeToString(result.log().getBytes(StandardCharsets.UTF_8)));
        }
        return output;
    }

    private static InvocationResult result(CompletableFuture<InvocationResult> future) {
        try {
            return future.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AwsError("ServiceException", "The local endpoint is ending.", 500, false);
        } catch (ExecutionException | TimeoutException e) {
            throw new AwsError("ServiceException", "No function process came free in time.", 500, false);
        }
    }

    private static byte[] payload(ObjectNode input) {
        try {
            byte[] payload = input.hasNonNull("Payload") ? input.get("Payload").binaryValue() : new byte[0];
            if (payload.length == 0) {
                return new byte[] {'{', '}'};
            }
            try (JsonParser parser = JSON.createParser(payload)) {
                while (parser.nextToken() != null) {
                    parser.skipChildren();
                }
            }
            return payload;
        } catch (IOException e) {
            String[] lines = String.valueOf(e.getMessage()).split("\n", 2);
            throw AwsError.of("InvalidRequestContentException", "Could not parse request body into json: " + lines[0]);
        }
    }

    private static void checkSize(byte[] payload, int largest) {
        if (payload.length > largest) {
            throw AwsError.of(
                    "RequestTooLargeException",
                    "Request must be smaller than " + largest + " bytes for the InvokeFunction operation",
                    413);
        }
    }
}
