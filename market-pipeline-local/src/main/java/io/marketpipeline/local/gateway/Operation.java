package io.marketpipeline.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One operation of a service. Called from many threads at once. */
@FunctionalInterface
public interface Operation {
    /**
     * Does what the operation of that name does in AWS.
     *
     * <p>Values in {@code input} may be text where the API has a number or boolean, when the request came as AWS Query or
     * REST; {@link JsonNode#asInt()}, {@link JsonNode#asBoolean()} and the like read both. Blobs (a function's code,
     * an invocation's payload) are binary nodes or base64 text; {@link JsonNode#binaryValue()} reads both. Timestamps are
     * epoch seconds as numbers, or ISO 8601 text from Query requests; in the result they are epoch seconds as numbers.
     *
     * @param input the request's members; the operation may keep it but must not change it
     * @return the response's members; an empty object where the API returns nothing
     * @throws AwsError what AWS would answer instead
     */
    JsonNode call(ObjectNode input, CallContext context);
}
