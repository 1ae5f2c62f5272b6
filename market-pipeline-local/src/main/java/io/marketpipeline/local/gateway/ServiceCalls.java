package io.marketpipeline.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How one service calls another in process, without a wire protocol. Services are looked up by name at the call, so they
 * may be wired in any order. Thread-safe.
 */
@FunctionalInterface
public interface ServiceCalls {
    /**
     * Calls an operation.
     *
     * @param service {@code dynamodb sqs s3 sts iam sns kms cloudwatch events lambda logs cloudformation}
     * @param operation its API name, such as {@code CreateTable}
     * @param input the request's members
     * @return the response's members
     * @throws AwsError what the service answers instead, or an error that names an unknown service or operation
     */
    JsonNode call(String service, String operation, ObjectNode input);
}
