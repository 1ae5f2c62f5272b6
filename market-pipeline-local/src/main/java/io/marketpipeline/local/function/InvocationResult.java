package io.marketpipeline.local.function;

import java.nio.charset.StandardCharsets;

/**
 * How an invocation ended.
 *
 * @param payload the function's answer, or the error report as JSON
 * @param log the invocation's last log lines if it asked for them, else empty
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and a copy of each payload would cost.
record InvocationResult(Kind kind, byte[] payload, String log) {
    enum Kind {
        /** The function answered. */
        SUCCESS,
        /** The function failed, ran out of time or ended. */
        FUNCTION_ERROR,
        /** The event grew too old before it could start. */
        EXPIRED,
        /** The function was deleted before it could start. */
        GONE
    }

    static InvocationResult failure(String type, String message) {
        String json = "{\"errorType\":\"%s\",\"errorMessage\":\"%s\"}".formatted(type, message.replace("\"", "\\\""));
        return new InvocationResult(Kind.FUNCTION_ERROR, json.getBytes(StandardCharsets.UTF_8), "");
    }

    static InvocationResult of(Kind kind) {
        return new InvocationResult(kind, new byte[0], "");
    }

    InvocationResult withLog(String newLog) {
        return new InvocationResult(kind, payload, newLog);
    }
}
