package io.marketpipeline.wire;

import io.marketpipeline.text.Bytes;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Connections to one endpoint, kept alive between requests. Thread-safe. */
final class Connections implements AutoCloseable {
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
     * @param meanwhile what to do until it comes, for every try of it; null for nothing
     */
    HttpAnswer exchange(Bytes request, long end, @Nullable Runnable meanwhile) throws IOException {
        while (true) {
            HttpConnection kept = kept();
            HttpConnection connection = kept == null ? HttpConnection.open(endpoint, end, null) : kept;
            try {
                return connection.exchange(request, end, meanwhile);
            } catch (IOException e) {
                if (kept == null || kept.hasBegunToAnswer() || System.nanoTime() - end > 0) {
                    throw e;
                }
            } finally {
                keep(connection);
            }
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
        if (connection.isKept() && !closed) {
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
