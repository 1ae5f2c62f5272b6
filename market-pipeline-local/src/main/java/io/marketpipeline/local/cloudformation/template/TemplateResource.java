package io.marketpipeline.local.cloudformation.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * A resource as its template declares it, functions unevaluated.
 *
 * @param logicalId its name in the template
 * @param type such as {@code AWS::SQS::Queue}
 * @param properties empty where the template has none; not to be changed
 * @param metadata empty where the template has none; not to be changed
 * @param condition the condition that it exists under
 * @param dependsOn explicit dependencies
 * @param deletionPolicy what happens to it when it leaves the stack
 * @param updateReplacePolicy what happens to its predecessor when it is replaced
 */
public record TemplateResource(
        String logicalId,
        String type,
        ObjectNode properties,
        ObjectNode metadata,
        Optional<String> condition,
        List<String> dependsOn,
        Policy deletionPolicy,
        Policy updateReplacePolicy) {

    /** What happens to a resource that its stack gives up. */
    public enum Policy {
        /** It is deleted; the default. */
        DELETE("Delete"),
        /** It stays. */
        RETAIN("Retain"),
        /** It stays, unless the operation that created it is the one rolled back. */
        RETAIN_EXCEPT_ON_CREATE("RetainExceptOnCreate");

        private final String text;

        Policy(String text) {
            this.text = text;
        }

        /** The word in the template. */
        public String text() {
            return text;
        }

        /** Whether a resource survives its removal from a stack that had been deployed with it. */
        public boolean keeps() {
            return this != DELETE;
        }
    }
}
