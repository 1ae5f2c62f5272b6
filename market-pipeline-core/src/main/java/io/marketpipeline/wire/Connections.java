package io.marketpipeline.wire;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Connections to one endpoint, kept alive between requests. A request too large for the system's own buffers could hang while
 * it is sent, which no time-out of the JDK ends: such connections are watched and closed when their time is over.
 * Thread-safe.
 */
final class Connections implements AutoCloseable {
    /** Before the other side closes an idle connection, AWS's after a minute or later. */
    private static final long MAX_IDLE_MILLIS = 50_000;

    private static final int MAX_IDLE = 8;
    private static final int SMALL = 16 << 10;
    private static final long WATCH_MILLIS = 100;

    private final Endpoint endpoint;
    private final Deque<HttpConnection> idle = new ArrayDeque<>();
    private final Map<HttpConnection, Long> watched = new HashMap<>();
    private @Nullable Thread watch;
    private boolean closed;

    Connections(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** A connection that was used lately; null where there is none. */
    synchronized @Nullable HttpConnection kept() {
        long now = System.currentTimeMillis();
        for (HttpConnection last = idle.pollLast(); last != null; last = idle.pollLast()) {
            long age = now - last.usedAtMillis();
            if (age >= 0 && age < MAX_IDLE_MILLIS) {
                return last;
            }
            last.close();
        }
        return null;
    }

    /** A new connection. */
    HttpConnection open(long endNanos) throws IOException {
        return HttpConnection.open(endpoint, endNanos);
    }

    /** One exchange; the connection is kept for the next one, or closed. */
    HttpAnswer exchange(HttpConnection connection, Bytes request, long endNanos) throws IOException {
        boolean large = request.length() > SMALL;
        if (large) {
            watch(connection, endNanos);
        }
        boolean whole = false;
        try {
            HttpAnswer answer = connection.exchange(request, endNanos);
            whole = true;
            return answer;
        } finally {
            if (large) {
                unwatch(connection);
            }
            release(connection, whole);
        }
    }

    /** Keeps a connection for the next exchange, unless the last one wasn't whole. */
    synchronized void release(HttpConnection connection, boolean whole) {
        if (whole && connection.isKept() && !closed && idle.size() < MAX_IDLE) {
            idle.addLast(connection);
        } else {
            connection.close();
        }
    }

    private synchronized void watch(HttpConnection connection, long endNanos) {
        watched.put(connection, endNanos);
        if (watch == null) {
            Thread thread = new Thread(this::closeLate, "market-pipeline-wire-watch");
            thread.setDaemon(true);
            thread.start();
            watch = thread;
        }
        notifyAll();
    }

    private synchronized void unwatch(HttpConnection connection) {
        watched.remove(connection);
    }

    private void closeLate() {
        try {
            for (List<HttpConnection> late = awaitLate(); !late.isEmpty(); late = awaitLate()) {
                for (HttpConnection connection : late) {
                    connection.close();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Those whose time is over, no longer watched; none once all is closed. */
    private synchronized List<HttpConnection> awaitLate() throws InterruptedException {
        List<HttpConnection> late = new ArrayList<>(1);
        while (!closed && late.isEmpty()) {
            long now = System.nanoTime();
            for (Map.Entry<HttpConnection, Long> entry : watched.entrySet()) {
                if (now - entry.getValue() > 0) {
                    late.add(entry.getKey());
                }
            }
            if (late.isEmpty()) {
                wait(watched.isEmpty() ? 0 : WATCH_MILLIS);
            }
        }
        watched.keySet().removeAll(late);
        return late;
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(HttpConnection::close);
        watched.keySet().forEach(HttpConnection::close);
        idle.clear();
        notifyAll();
    }
}
