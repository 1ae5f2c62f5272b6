package io.marketpipeline.local.cloudformation.stack;

/** What becomes of a stack whose operation fails. */
public enum OnFailure {
    /** Everything that succeeded stays as it is. */
    DO_NOTHING,
    /** Everything goes back to what it was before the operation; the default. */
    ROLLBACK,
    /** A stack that could not be created is deleted. */
    DELETE
}
