package io.marketpipeline.wire;

import io.marketpipeline.http.HttpAnswer;
import io.marketpipeline.http.JsonObject;
import org.jspecify.annotations.Nullable;

/** What a service said to one call in the end. */
sealed interface ServiceAnswer {
    /** It did it. */
    record Done(HttpAnswer http) implements ServiceAnswer {}

    /**
     * It refused, and would again; or nothing is known, because the time was over or the service unreachable.
     *
     * @param code the error's name without namespace, such as {@code AccessDeniedException}; empty where nothing is known
     * @param message with the code
     * @param body what a refusal says besides
     */
    record Failed(String code, String message, JsonObject body, @Nullable Throwable cause) implements ServiceAnswer {
        private static final int MAX_MESSAGE = 500;

        /** An error as the AWS JSON protocol tells it; a body that isn't one is told by its HTTP status. */
        static Failed of(HttpAnswer answer) {
            JsonObject body = JsonObject.read(answer.body());
            String type = bare(body.text("__type", "code"));
            String code = type.isEmpty() ? "HTTP " + answer.status() : type;
            String message = body.text("message", "Message");
            return new Failed(
                    code, code + ": " + message.substring(0, Math.min(message.length(), MAX_MESSAGE)), body, null);
        }

        /** {@code com.amazonaws.dynamodb.v20120810#ResourceNotFoundException} and {@code Code:http://...} are bare names. */
        private static String bare(String type) {
            int colon = type.indexOf(':');
            String start = colon < 0 ? type : type.substring(0, colon);
            return start.substring(start.indexOf('#') + 1);
        }
    }
}
