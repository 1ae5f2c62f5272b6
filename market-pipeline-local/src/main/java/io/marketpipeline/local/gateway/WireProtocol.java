package io.marketpipeline.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One of AWS's wire protocols, stateless: a request in, an answer or error out. */
interface WireProtocol {

    /** What a request asks for. */
    record Invocation(String operation, ObjectNode input) {}

    /**
     * Reads a request.
     *
     * @throws AwsError if it isn't in this protocol
     */
    Invocation read(WireRequest request);

    /** Writes the result of an operation. */
    WireAnswer answer(WireRequest request, Invocation invocation, JsonNode output, String requestId);

    /** Writes an error in the shape that SDKs turn into typed exceptions. */
    WireAnswer error(WireRequest request, AwsError error, String requestId);
}
