package io.marketpipeline.local.cloudformation.stack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.cloudformation.resource.Resources;
import io.marketpipeline.local.cloudformation.template.TemplateResource;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * A resource as its stack has it. Immutable.
 *
 * @param logicalId its name in the template
 * @param type such as {@code AWS::SQS::Queue}
 * @param physicalId what {@code Ref} gives; empty until it exists
 * @param properties evaluated, the stack's tags included; not to be changed
 * @param attributes what {@code Fn::GetAtt} gives
 * @param metadata of the template; not to be changed
 * @param deletionPolicy what happens to it when it leaves the stack
 * @param updateReplacePolicy what happens to it when it is replaced
 * @param dependencies the resources that it needs
 * @param status such as {@code CREATE_COMPLETE}
 * @param reason why; empty if there is nothing to say
 * @param changedAt when it came into its status
 */
public record StackResource(
        String logicalId,
        String type,
        String physicalId,
        ObjectNode properties,
        Map<String, String> attributes,
        ObjectNode metadata,
        TemplateResource.Policy deletionPolicy,
        TemplateResource.Policy updateReplacePolicy,
        Set<String> dependencies,
        String status,
        String reason,
        Instant changedAt) {

    static StackResource wanted(TemplateResource declared, ObjectNode properties, Set<String> dependencies) {
        return new StackResource(
                declared.logicalId(),
                declared.type(),
                "",
                properties,
                Map.of(),
                declared.metadata(),
                declared.deletionPolicy(),
                declared.updateReplacePolicy(),
                dependencies,
                "",
                "",
                Instant.now());
    }

    StackResource as(Resources.Physical physical) {
        return new StackResource(
                logicalId,
                type,
                physical.physicalId(),
                properties,
                Map.copyOf(physical.attributes()),
                metadata,
                deletionPolicy,
                updateReplacePolicy,
                dependencies,
                status,
                reason,
                changedAt);
    }

    StackResource withProperties(ObjectNode newProperties) {
        return new StackResource(
                logicalId,
                type,
                physicalId,
                newProperties,
                attributes,
                metadata,
                deletionPolicy,
                updateReplacePolicy,
                dependencies,
                status,
                reason,
                changedAt);
    }

    StackResource withStatus(String newStatus, String newReason) {
        return new StackResource(
                logicalId,
                type,
                physicalId,
                properties,
                attributes,
                metadata,
                deletionPolicy,
                updateReplacePolicy,
                dependencies,
                newStatus,
                newReason,
                Instant.now());
    }

    Resources.Address address(Stack stack) {
        return new Resources.Address(stack.name(), stack.id(), logicalId, type);
    }

    Resources.Physical physical() {
        return new Resources.Physical(physicalId, attributes);
    }

    /** Whether there is something to delete. */
    public boolean exists() {
        return !physicalId.isEmpty();
    }
}
