package io.marketpipeline.local.cloudformation.resource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.marketpipeline.local.gateway.AwsError;
import io.marketpipeline.local.gateway.EndpointSettings;
import io.marketpipeline.local.gateway.ServiceCalls;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * How one resource calls the service that it lives in.
 *
 * @param calls the other services
 * @param service the one that the resource lives in
 * @param settings region and account
 * @param logicalId the resource's name in its template
 * @param generatedName a name that no other resource has, within the type's limit
 * @param physicalId the resource's own; empty while it is being created
 */
record ResourceCalls(
        ServiceCalls calls,
        String service,
        EndpointSettings settings,
        String logicalId,
        String generatedName,
        String physicalId) {

    private static final Pattern NOT_FOUND = Pattern.compile("(?i)NotFound|NoSuch|NonExistent|DoesNotExist|\\b404\\b");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long POLL_MILLIS = 25;
    private static final int POLLS = 2400;

    /** Calls an operation of the resource's service. */
    JsonNode call(String operation, Input input) {
        return calls.call(service, operation, input.build());
    }

    /** Calls an operation that may find nothing. */
    Optional<JsonNode> find(String operation, Input input) {
        try {
            return Optional.of(call(operation, input));
        } catch (AwsError e) {
            if (isNotFound(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Calls an operation for which it is as well if the resource is gone already. */
    void remove(String operation, Input input) {
        find(operation, input);
    }

    /**
     * Calls until the answer is as wanted; a minute at most. An internal failure is asked again: DynamoDB Local sometimes has
     * one when it describes a table whose index it is making.
     */
    void await(String operation, Input input, Predicate<JsonNode> wanted) {
        poll(() -> {
            try {
                return wanted.test(call(operation, input));
            } catch (AwsError e) {
                if (e.httpStatus() < 500) {
                    throw e;
                }
                return false;
            }
        });
    }

    /** Calls until nothing is found any more; a minute at most. */
    void awaitGone(String operation, Input input) {
        poll(() -> find(operation, input).isEmpty());
    }

    private void poll(BooleanSupplier done) {
        for (int i = 0; i < POLLS; i++) {
            if (done.getAsBoolean()) {
                return;
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw AwsError.of("NotStabilized", "Interrupted while waiting for " + logicalId);
            }
        }
        throw AwsError.of("NotStabilized", "Resource " + logicalId + " did not stabilize.");
    }

    /** JSON in a text, such as a policy; the text itself where it is none. IAM encodes policies as in a URL. */
    static JsonNode parsed(String text) {
        try {
            String json = text.startsWith("%7B") ? URLDecoder.decode(text, StandardCharsets.UTF_8) : text;
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }

    /** An ARN in the resource's service. */
    String arn(String resource) {
        return settings.arn(service, resource);
    }

    ResourceCalls withPhysicalId(String id) {
        return new ResourceCalls(calls, service, settings, logicalId, generatedName, id);
    }

    static boolean isNotFound(AwsError error) {
        return error.httpStatus() == 404 || NOT_FOUND.matcher(error.code()).find();
    }
}
