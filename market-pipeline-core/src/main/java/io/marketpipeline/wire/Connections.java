package io.marketpipeline.wire;

import io.marketpipeline.text.Bytes;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Connections to one endpoint, kept alive between requests. Thread-safe. */
final class Connections implements AutoCloseable {
    private static final int MAX_IDLE = 8;

    private final Endpoint endpoint;
    private final Deque<HttpConnection> idle = new ArrayDeque<>();
    private boolean closed;

    Connections(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /**
     * One exchange, on a new connection where none is kept; one that turns out to be closed already doesn't count.
     *
     * @param end when the answer must be there, by {@link System#nanoTime()}
     */
    HttpAnswer exchange(Bytes request, long end) throws IOException {
        for (HttpConnection kept = kept(); kept != null; kept = kept()) {
            try {
                return exchange(kept, request, end);
            } catch (IOException e) {
                if (kept.hasBegunToAnswer() || System.nanoTime() - end > 0) {
                    throw e;
                }
            }
        }
        return exchange(HttpConnection.open(endpoint, end), request, end);
    }

    private HttpAnswer exchange(HttpConnection connection, Bytes request, long end) throws IOException {
        try {
            return connection.exchange(request, end);
        } finally {
            keep(connection);
        }
    }

    private synchronized @Nullable HttpConnection kept() {
        HttpConnection last = idle.pollLast();
        while (last != null && !last.isKept()) {
            last.close();
            last = idle.pollLast();
        }
        return last;
    }

    /** Keeps a connection for the next exchange, unless it is of no use any more. */
    synchronized void keep(HttpConnection connection) {
        if (connection.isKept() && !closed && idle.size() < MAX_IDLE) {
            idle.addLast(connection);
        } else {
            connection.close();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(HttpConnection::close);
        idle.clear();
    }
}
