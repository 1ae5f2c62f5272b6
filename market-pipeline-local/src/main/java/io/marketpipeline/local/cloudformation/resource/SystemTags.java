package io.marketpipeline.local.cloudformation.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.cloudformation.resource.Resources.Address;

/**
 * The tags by which AWS marks the resources of a stack. They aren't part of the resource's properties in its stack, so no
 * change set shows them.
 *
 * <p>Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html
 */
final class SystemTags {
    private SystemTags() {}

    /** A copy of a resource's properties with them, where its type takes a list of tags. */
    static ObjectNode added(Address address, ObjectNode properties) {
        boolean list = properties.path(Tags.PROPERTY).isArray() || !properties.has(Tags.PROPERTY);
        if (!list || !ResourceSchema.of(address.type()).orElseThrow().taggable()) {
            return properties;
        }
        ObjectNode result = properties.deepCopy();
        ArrayNode tags = result.withArrayProperty(Tags.PROPERTY);
        add(tags, "stack-name", address.stackName());
        add(tags, "stack-id", address.stackId());
        add(tags, "logical-id", address.logicalId());
        return result;
    }

    /** Properties without them, and without any other tag that only AWS may set; {@code Tags} is missing if none is left. */
    static ObjectNode removed(ObjectNode properties) {
        if (!properties.path(Tags.PROPERTY).isArray()) {
            return properties;
        }
        ObjectNode result = properties.deepCopy();
        ArrayNode tags = result.putArray(Tags.PROPERTY);
        properties.path(Tags.PROPERTY).forEach(tag -> {
            if (!tag.path("Key").asText().startsWith("aws:")) {
                tags.add(tag);
            }
        });
        if (tags.isEmpty()) {
            result.remove(Tags.PROPERTY);
        }
        return result;
    }

    private static void add(ArrayNode tags, String key, String value) {
        tags.addObject().put("Key", "aws:cloudformation:" + key).put("Value", value);
    }
}
