package io.marketpipeline.local.function;

import java.util.function.Consumer;

/**
 * One event on its way to a function process.
 *
 * @param requestId stays the same when an asynchronous event is tried again
 * @param functionArn the ARN as the caller named it, qualifier included
 * @param wantsLog true if the caller asked for the end of the log ({@code LogType=Tail})
 * @param expiresAtNanos {@link System#nanoTime()} after which the event must not start any more; {@link #NEVER} for none
 * @param completion called exactly once, on the thread of the process that ran it or ended; must not block
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and a copy of each payload would cost.
record Invocation(
        String requestId,
        String functionArn,
        byte[] payload,
        boolean wantsLog,
        long expiresAtNanos,
        Consumer<InvocationResult> completion) {
    static final long NEVER = Long.MAX_VALUE;

    boolean expired() {
        return expiresAtNanos != NEVER && System.nanoTime() - expiresAtNanos > 0;
    }
}
