package io.marketpipeline.wire;

/** An HTTP answer. The body is the caller's. */
final class HttpAnswer {
    private final int status;
    private final byte[] body;

    HttpAnswer(int status, byte[] body) {
        this.status = status;
        this.body = body;
    }

    int status() {
        return status;
    }

    byte[] body() {
        return body;
    }
}
