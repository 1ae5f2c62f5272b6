package io.marketpipeline.local.cloudformation.stack;

import java.time.Instant;

/**
 * Something that happened to a stack or one of its resources. Immutable.
 *
 * @param eventId unique
 * @param operationId the operation it belongs to
 * @param logicalId of the resource; the stack's name for the stack itself
 * @param physicalId of the resource; the stack's id for the stack itself; empty if there is none yet
 * @param type the resource's; {@code AWS::CloudFormation::Stack} for the stack itself
 * @param reason empty if there is nothing to say
 * @param properties the resource's as JSON text; empty for the stack itself
 * @param clientToken the request token of the operation; empty if it had none
 */
public record StackEvent(
        String eventId,
        String operationId,
        Instant timestamp,
        String logicalId,
        String physicalId,
        String type,
        String status,
        String reason,
        String properties,
        String clientToken) {
    static final String STACK = "AWS::CloudFormation::Stack";

    /** Whether it tells of a failure. */
    public boolean failed() {
        return status.endsWith("_FAILED");
    }
}
