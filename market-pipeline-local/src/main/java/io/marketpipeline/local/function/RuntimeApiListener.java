package io.marketpipeline.local.function;

import org.jspecify.annotations.Nullable;

/** What a function process says through the Runtime API, in the order in which it says it. */
interface RuntimeApiListener {
    /** Waits for the next invocation; null when there is none any more and the connection is to be closed. */
    @Nullable
    Handover next() throws InterruptedException;

    /** The function answered. */
    void answered(String requestId, byte[] body);

    /** The function failed; {@code body} is the error report. */
    void failed(String requestId, byte[] body);

    /** The runtime couldn't load the handler; {@code body} is the error report. */
    void initializationFailed(byte[] body);

    /**
     * An invocation that a process takes.
     *
     * @param deadlineMillis milliseconds since the epoch
     */
    record Handover(Invocation invocation, long deadlineMillis) {}
}
