package io.marketpipeline.wire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * A socket whose reads all end by one time. The JDK limits each read by itself, of which TLS above it makes as many as it
 * needs: a side that sends byte by byte would keep it reading for good.
 */
final class TimedSocket extends Socket {
    private volatile long endNanos;

    TimedSocket() {
        // No proxy: the JDK would look for one, and load half a dozen classes for that.
        super(Proxy.NO_PROXY);
    }

    /** Sets the time, by {@link System#nanoTime()}. */
    void endAt(long nanos) {
        endNanos = nanos;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new Timed(super.getInputStream());
    }

    private final class Timed extends FilterInputStream {
        Timed(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            limit();
            return super.read();
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            limit();
            return super.read(buffer, from, length);
        }

        private void limit() throws IOException {
            long millis = (endNanos - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new SocketTimeoutException("no answer in time");
            }
            setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
        }
    }
}
