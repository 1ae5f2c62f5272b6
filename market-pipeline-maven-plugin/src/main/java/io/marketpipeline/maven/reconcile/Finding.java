package io.marketpipeline.maven.reconcile;

import io.marketpipeline.maven.output.Visible;

/**
 * Something that doesn't add up. Immutable.
 *
 * @param subject the event, row, record or chain that it is about
 * @param message what is wrong with it
 */
record Finding(Kind kind, String subject, String message) {
    /** What kinds there are; the names stand in the report. */
    enum Kind {
        /** The bus accepted it, and it is neither row, rejected, nor dead letter. */
        EVENT_MISSING,
        /** A row without its success record. */
        ROW_UNAUDITED,
        /** A row that isn't what its success record says. */
        ROW_ALTERED,
        /** A further row of an event whose row before it was gone before its time. */
        ROW_STORED_AGAIN,
        /** A success record whose row is gone before its time. */
        ROW_DELETED,
        /** A record that isn't what the next one, or the log, says. */
        RECORD_ALTERED,
        /** A record below a logged head that is gone. */
        RECORD_DELETED,
        /** Two records in one place of a chain, or one in a place that is none. */
        RECORD_FORGED
    }

    String line() {
        return Visible.of(kind + " " + subject + ": " + message);
    }
}
