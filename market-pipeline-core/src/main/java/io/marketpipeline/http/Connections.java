package io.marketpipeline.http;

import io.marketpipeline.text.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Connections to one server, kept alive between requests. Thread-safe. */
public final class Connections implements AutoCloseable {
    private final HttpAddress address;
    private final Deque<HttpConnection> idle = new ArrayDeque<>();
    private boolean closed;

    /** None is opened before the first exchange. */
    public Connections(HttpAddress address) {
        this.address = address;
    }

    /** Connections that never connect: whatever is asked, an empty JSON object is the answer. For one thread. */
    public static Connections offline(HttpAddress address) {
        Connections connections = new Connections(address);
        connections.keep(OfflineConnection.open());
        return connections;
    }

    /** Makes what connects, and for TLS reads the certificates of all authorities, the slowest part of a first connection. */
    public void prime() {
        try (Socket socket = new LimitedSocket()) {
            socket.setTcpNoDelay(true);
            if (address.tls()) {
                SSLSocketFactory.getDefault().createSocket().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it is TLS, connects once and keeps nothing of it, for a snapshot; nothing where there is no way there. */
    public void rehearse() {
        if (address.tls()) {
            TlsRehearsal.with(address);
        }
    }

    /**
     * One request without body, on a connection of its own.
     *
     * @param headers more of them, each with its line's end
     * @param end when the answer must be there, by {@link System#nanoTime()}
     * @throws IOException where there is no whole answer in time
     */
    public static HttpAnswer get(HttpAddress address, String path, String headers, long end) throws IOException {
        try (HttpConnection connection = HttpConnection.open(address, end, null)) {
            return connection.get(address, path, headers, end);
        }
    }

    /**
     * One exchange, on a new connection where none is kept; one that turns out to be closed already doesn't count.
     *
     * @param end when the answer must be there, by {@link System#nanoTime()}
     * @param meanwhile what to do until it comes, for every try of it; null for nothing
     * @throws IOException where there is no whole answer in time
     */
    public HttpAnswer exchange(Bytes request, long end, @Nullable Runnable meanwhile) throws IOException {
        while (true) {
            HttpConnection kept = kept();
            HttpConnection connection = kept == null ? HttpConnection.open(address, end, null) : kept;
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
    private synchronized void keep(HttpConnection connection) {
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
