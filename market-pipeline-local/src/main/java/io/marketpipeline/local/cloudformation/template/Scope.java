package io.marketpipeline.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;

/** What functions refer to outside their template: the stack's resources and the exports of others. */
public interface Scope {
    /** Stands for a value that is known only once the resource is there, as in AWS's change sets. */
    JsonNode KNOWN_AFTER_APPLY = TextNode.valueOf("{{changeSet:KNOWN_AFTER_APPLY}}");

    /** What {@code Ref} of a resource gives; empty if the stack has no such resource. */
    Optional<JsonNode> reference(String logicalId);

    /** What {@code Fn::GetAtt} of a resource gives; empty if the stack has no such resource or it no such attribute. */
    Optional<JsonNode> attribute(String logicalId, String attribute);

    /** What a stack exports under a name. */
    Optional<String> export(String name);
}
