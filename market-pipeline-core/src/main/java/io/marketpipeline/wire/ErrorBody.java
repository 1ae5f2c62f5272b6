package io.marketpipeline.wire;

import java.io.IOException;

/** An error as the AWS JSON protocol tells it: {@code __type} and {@code message}. */
record ErrorBody(String code, String message) {
    private static final int MAX_MESSAGE = 500;

    /** Reads an error; a body that isn't one is told by its HTTP status. */
    static ErrorBody of(HttpAnswer answer) {
        String code = "";
        String message = "";
        try {
            JsonObject body = JsonObject.read(answer.body());
            code = bare(body.text(body.text("__type").isEmpty() ? "code" : "__type"));
            message = body.text(body.text("message").isEmpty() ? "Message" : "message");
        } catch (IOException e) {
            // A proxy's page, or nothing: the status says enough.
        }
        return new ErrorBody(
                code.isEmpty() ? "HTTP " + answer.status() : code,
                message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) : message);
    }

    /** {@code com.amazonaws.dynamodb.v20120810#ResourceNotFoundException} and {@code Code:http://...} are bare names. */
    private static String bare(String type) {
        int colon = type.indexOf(':');
        String start = colon < 0 ? type : type.substring(0, colon);
        return start.substring(start.indexOf('#') + 1);
    }
}
