package io.marketpipeline.maven.stack;

import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** Where a stack stands, as far as the next step depends on it. */
enum StackCondition {
    /** There is none. */
    ABSENT,
    /** A change set was made and never executed: the stack has a name and nothing else. */
    EMPTY,
    /** It can be updated. */
    READY,
    /** An operation is under way. */
    BUSY,
    /** Its first creation failed: it can only be deleted. */
    FAILED_CREATE,
    /** A rollback or a deletion failed: a person has to decide. */
    STUCK;

    static StackCondition of(StackStatus status) {
        return switch (status) {
            case DELETE_COMPLETE -> ABSENT;
            case REVIEW_IN_PROGRESS -> EMPTY;
            case CREATE_COMPLETE,
                    UPDATE_COMPLETE,
                    UPDATE_FAILED,
                    UPDATE_ROLLBACK_COMPLETE,
                    IMPORT_COMPLETE,
                    IMPORT_ROLLBACK_COMPLETE -> READY;
            case CREATE_FAILED, ROLLBACK_FAILED, ROLLBACK_COMPLETE -> FAILED_CREATE;
            case UPDATE_ROLLBACK_FAILED, DELETE_FAILED, IMPORT_ROLLBACK_FAILED, UNKNOWN_TO_SDK_VERSION -> STUCK;
            default -> BUSY;
        };
    }
}
