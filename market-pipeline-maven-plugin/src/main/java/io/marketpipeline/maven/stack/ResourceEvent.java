package io.marketpipeline.maven.stack;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/**
 * Something that happened to one resource of a stack, or to the stack itself.
 *
 * @param id the event's own id
 * @param time when
 * @param logicalId the resource's name in the template
 * @param physicalId the resource's own name or ARN; empty where it has none yet
 * @param type such as {@code AWS::Lambda::Function}
 * @param status such as {@code CREATE_COMPLETE}
 * @param reason AWS's reason; empty where none is given
 */
public record ResourceEvent(
        String id, Instant time, String logicalId, String physicalId, String type, String status, String reason) {
    private static final String STACK_TYPE = "AWS::CloudFormation::Stack";

    static ResourceEvent of(StackEvent event) {
        return new ResourceEvent(
                event.eventId(),
                event.timestamp(),
                event.logicalResourceId(),
                textOf(event.physicalResourceId()),
                textOf(event.resourceType()),
                textOf(event.resourceStatusAsString()),
                textOf(event.resourceStatusReason()));
    }

    boolean ofStack() {
        return type.equals(STACK_TYPE);
    }

    /** The first event of an operation on the stack, be it a person's or another program's. */
    boolean beginsOperation() {
        return beginsForward() && reason.equals("User Initiated");
    }

    /** The stack begins to be made, changed or deleted; no rollback of that. */
    boolean beginsForward() {
        return ofStack() && inProgress() && !status.contains("ROLLBACK");
    }

    boolean inProgress() {
        return status.endsWith("_IN_PROGRESS");
    }

    boolean failed() {
        return status.endsWith("_FAILED");
    }

    /** Failed for a reason of its own, rather than because something else did. */
    boolean ownFailure() {
        return failed() && !ofStack() && !reason.toLowerCase(Locale.ROOT).matches("resource \\w+ cancelled.*");
    }

    private static String textOf(@Nullable String text) {
        return text == null ? "" : text;
    }
}
