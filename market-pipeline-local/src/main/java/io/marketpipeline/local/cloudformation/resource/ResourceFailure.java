package io.marketpipeline.local.cloudformation.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.gateway.AwsError;
import java.util.Optional;
import java.util.UUID;

/** A resource that its service refused, with the reason as CloudFormation's events give it. */
public final class ResourceFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String physicalId;
    private final transient Optional<ObjectNode> applied;

    /** Creates a failure with a reason of CloudFormation's own. */
    public ResourceFailure(String reason) {
        this(reason, "", Optional.empty());
    }

    private ResourceFailure(String reason, String physicalId, Optional<ObjectNode> applied) {
        super(reason);
        this.physicalId = physicalId;
        this.applied = applied;
    }

    static ResourceFailure of(RuntimeException cause, String service, Optional<String> physicalId) {
        if (cause instanceof ResourceFailure failure) {
            return physicalId.isEmpty()
                    ? failure
                    : new ResourceFailure(failure.reason(), physicalId.get(), Optional.empty());
        }
        String reason;
        if (cause instanceof AwsError error) {
            reason = handlerMessage(
                    "%s (Service: %s, Status Code: %d, Request ID: %s)"
                            .formatted(error.message(), service, error.httpStatus(), UUID.randomUUID()),
                    handlerCode(error));
        } else {
            reason = handlerMessage(String.valueOf(cause), "InternalFailure");
        }
        ResourceFailure failure = new ResourceFailure(reason, physicalId.orElse(""), Optional.empty());
        failure.initCause(cause);
        return failure;
    }

    /** The failure of a resource whose name is taken. */
    public static ResourceFailure alreadyExists(String type, String identifier) {
        return new ResourceFailure(handlerMessage(
                "Resource of type '%s' with identifier '%s' already exists.".formatted(type, identifier),
                "AlreadyExists"));
    }

    /** Why, in AWS's words; never null. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** The id of what the failed creation left behind. */
    public Optional<String> partial() {
        return physicalId.isEmpty() ? Optional.empty() : Optional.of(physicalId);
    }

    ResourceFailure withApplied(ObjectNode properties) {
        return new ResourceFailure(reason(), physicalId, Optional.of(properties));
    }

    /** The properties that the resource has after an update that failed half-way; empty where nothing was updated. */
    public Optional<ObjectNode> applied() {
        return applied;
    }

    private static String handlerMessage(String message, String code) {
        return "Resource handler returned message: \"%s\" (RequestToken: %s, HandlerErrorCode: %s)"
                .formatted(message, UUID.randomUUID(), code);
    }

    private static String handlerCode(AwsError error) {
        String code = error.code();
        if (ResourceCalls.isNotFound(error)) {
            return "NotFound";
        }
        if (code.contains("AlreadyExist") || code.contains("ResourceInUse") || code.contains("AlreadyOwned")) {
            return "AlreadyExists";
        }
        if (code.contains("NotStabilized")) {
            return "NotStabilized";
        }
        return error.senderFault() ? "InvalidRequest" : "ServiceInternalError";
    }
}
