package io.marketpipeline.http;

import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A socket on which nothing outlasts its time: connecting, a handshake, a request that isn't read, an answer that trickles.
 * One thread looks after all that are open, and closes what is late. The JDK's own time-out is for single reads and for no
 * write at all, and makes three system calls of each read. Thread-safe.
 */
final class LimitedSocket extends Socket {
    private static final long LOOK_NANOS = 50_000_000;

    private static final List<LimitedSocket> OPEN = new CopyOnWriteArrayList<>();

    private static @Nullable Thread watch;

    /** Zero while nothing is limited. */
    private long endNanos;

    LimitedSocket() {
        // No proxy: the JDK would look for one, and load half a dozen classes for that.
        super(Proxy.NO_PROXY);
    }

    /** From now on somebody looks after the socket, until it is closed: another thread where the last one died. */
    void watch() {
        synchronized (OPEN) {
            if (watch == null || !watch.isAlive()) {
                watch = new Watch();
                watch.start();
            }
        }
        OPEN.add(this);
    }

    /** Limits what is done from now on, until a time by {@link System#nanoTime()}; no more by zero. */
    synchronized void limit(long nanos) {
        endNanos = nanos;
    }

    /** What a failure is told as: a time that was over, which is why the socket is closed then. */
    synchronized IOException told(IOException failure) {
        return isLate() ? (IOException) new SocketTimeoutException("no answer in time").initCause(failure) : failure;
    }

    private boolean isLate() {
        return endNanos != 0 && System.nanoTime() - endNanos > 0;
    }

    private synchronized void look() {
        if (isLate()) {
            close();
        }
    }

    @Override
    public synchronized void close() {
        OPEN.remove(this);
        try {
            super.close();
        } catch (IOException e) {
            // It is of no use any more, whichever way it ended.
        }
    }

    private static final class Watch extends Thread {
        Watch() {
            super("market-pipeline-http-watch");
            setDaemon(true);
        }

        @Override
        public void run() {
            while (true) {
                LockSupport.parkNanos(LOOK_NANOS);
                for (LimitedSocket socket : OPEN) {
                    socket.look();
                }
            }
        }
    }
}
