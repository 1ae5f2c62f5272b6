package io.marketpipeline.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;

/** A connection whose other side takes everything, for what is done before there is an event. */
final class OfflineConnection {
    private static final byte[] ANSWER = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nx-amz-crc32: 2745614147\r\n\r\n{}"
            .getBytes(StandardCharsets.US_ASCII);

    /** An environment whose credentials are none, so that nobody is asked for any. */
    static final Map<String, String> ENVIRONMENT =
            Map.of("AWS_REGION", "offline", "AWS_ACCESS_KEY_ID", "offline", "AWS_SECRET_ACCESS_KEY", "offline");

    private OfflineConnection() {}

    /** Connections to an endpoint that never connect. */
    static Connections keptBy(Endpoint endpoint) {
        InputStream sameEachTime = new ByteArrayInputStream(ANSWER) {
            @Override
            public synchronized int read(byte[] buffer, int from, int length) {
                reset();
                return super.read(buffer, from, length);
            }
        };
        Connections connections = new Connections(endpoint);
        connections.keep(new HttpConnection(new LimitedSocket(), sameEachTime, OutputStream.nullOutputStream()));
        return connections;
    }

    /** Makes what connects, and for TLS reads the certificates of all authorities, the slowest part of a first connection. */
    static void prime(Endpoint endpoint) {
        try (Socket socket = new LimitedSocket()) {
            socket.setTcpNoDelay(true);
            if (endpoint.tls()) {
                SSLSocketFactory.getDefault().createSocket().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
