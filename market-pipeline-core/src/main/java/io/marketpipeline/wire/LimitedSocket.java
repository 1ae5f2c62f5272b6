package io.marketpipeline.wire;

import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A socket on which nothing outlasts its time: connecting, a handshake, a request that isn't read, an answer that trickles.
 * One thread looks after all that are open, and closes what is late. The JDK's own time-out is for single reads and for no
 * write at all, and makes three system calls of each read. Thread-safe.
 */
final class LimitedSocket extends Socket {
    private static final long LOOK_NANOS = 50_000_000;

    /** While there are some, there is a thread that looks after them. */
    private static final List<LimitedSocket> OPEN = new ArrayList<>();

    /** Null while nothing is open. Known to who has the lock of {@link #OPEN}. */
    private static @Nullable Watch watch;

    private long endNanos;
    private boolean limited;
    private boolean late;

    LimitedSocket() {
        // No proxy: the JDK would look for one, and load half a dozen classes for that.
        super(Proxy.NO_PROXY);
    }

    /** From now on somebody looks after the socket, until it is closed. */
    void watch() {
        synchronized (OPEN) {
            if (watch == null) {
                Watch started = new Watch();
                started.start();
                watch = started;
            }
            OPEN.add(this);
        }
    }

    /** Limits what is done from now on, until a time by {@link System#nanoTime()}. */
    synchronized void limit(long nanos) {
        endNanos = nanos;
        limited = true;
    }

    /** What was limited is done. */
    synchronized void unlimit() {
        limited = false;
    }

    /** What a failure is told as: a time that was over, where that is why the socket is closed. */
    synchronized IOException told(IOException failure) {
        return late ? (IOException) new SocketTimeoutException("no answer in time").initCause(failure) : failure;
    }

    private synchronized boolean isClosedOrLate() {
        if (limited && System.nanoTime() - endNanos > 0) {
            late = true;
            close();
        }
        return isClosed();
    }

    @Override
    public synchronized void close() {
        try {
            super.close();
        } catch (IOException e) {
            // It is of no use any more, whichever way it ended.
        }
    }

    private static final class Watch extends Thread {
        Watch() {
            super("market-pipeline-wire-watch");
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                do {
                    LockSupport.parkNanos(LOOK_NANOS);
                } while (isNeeded());
            } finally {
                end();
            }
        }

        private boolean isNeeded() {
            synchronized (OPEN) {
                for (int i = OPEN.size() - 1; i >= 0; i--) {
                    if (OPEN.get(i).isClosedOrLate()) {
                        OPEN.remove(i);
                    }
                }
                if (OPEN.isEmpty()) {
                    end();
                }
                return !OPEN.isEmpty();
            }
        }

        /** From now on the next socket has another one. */
        private void end() {
            synchronized (OPEN) {
                if (watch == this) {
                    watch = null;
                }
            }
        }
    }
}
