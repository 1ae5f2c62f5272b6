package io.marketpipeline.wire;

import io.marketpipeline.text.Bytes;

/** The head of a POST request to {@code /}, as it is sent and as it is signed, up to the signed headers. Not thread-safe. */
final class SignedHeaders {
    private final Bytes sent;
    private final Bytes canonical = new Bytes(512).ascii("POST\n/\n\n");
    private final Bytes names = new Bytes(64);

    /**
     * No header yet.
     *
     * @param capacity bytes that the request will probably have
     */
    SignedHeaders(int capacity) {
        sent = new Bytes(capacity).ascii("POST / HTTP/1.1\r\n");
    }

    /**
     * Adds one; they come in the order of their names.
     *
     * @param name in lower case
     * @param value without blanks around it
     */
    SignedHeaders add(String name, String value) {
        sent.ascii(name, ": ", value, "\r\n");
        canonical.ascii(name, ":", value, "\n");
        names.ascii(names.size() == 0 ? "" : ";", name);
        return this;
    }

    /** With each line's end; what is sent behind them may be appended. */
    Bytes sent() {
        return sent;
    }

    /** With each line's end; what is signed behind them may be appended. */
    Bytes canonical() {
        return canonical;
    }

    /** With semicolons between them. */
    Bytes names() {
        return names;
    }
}
