package io.marketpipeline.wire;

import org.jspecify.annotations.Nullable;

/** An HTTP answer. The body is the caller's. */
final class HttpAnswer {
    private final int status;
    private final @Nullable String date;
    private final byte[] body;

    HttpAnswer(int status, @Nullable String date, byte[] body) {
        this.status = status;
        this.date = date;
        this.body = body;
    }

    int status() {
        return status;
    }

    /** Whether the service failed or is busy, which may pass. */
    boolean isFault() {
        return status >= 500 || status == 429;
    }

    /** When the service sent it, as the header says; null where there is none. */
    @Nullable
    String date() {
        return date;
    }

    byte[] body() {
        return body;
    }
}
