package io.marketpipeline.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection (RFC 9112) for one exchange at a time. What isn't understood ends the connection: an answer is
 * either whole or an {@link IOException}.
 */
final class HttpConnection implements AutoCloseable {
    /** More than any answer that is asked for: an item of 400 KB with every character escaped. */
    private static final int MAX_BODY = 8 << 20;

    private static final int CONNECT_MILLIS = 1_000;
    private static final int MAX_LINE = 16 << 10;
    private static final int MAX_LINES = 200;

    private final @Nullable TimedSocket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[8192];
    private int next;
    private int filled;
    private boolean kept = true;
    private boolean answering;
    private long usedAtMillis = System.currentTimeMillis();

    /** A connection, by way of TLS or not, over a socket; null where there is no network beneath it. */
    HttpConnection(@Nullable TimedSocket socket, InputStream in, OutputStream out) {
        this.socket = socket;
        this.in = in;
        this.out = out;
    }

    /**
     * Connects, over TLS with the host's name checked against its certificate.
     *
     * @param end when all of it must be done, the handshake included, by {@link System#nanoTime()}
     */
    static HttpConnection open(Endpoint endpoint, long end) throws IOException {
        return open(endpoint, endpoint.host(), end, null);
    }

    /**
     * As {@link #open(Endpoint, long)}.
     *
     * @param name what the address is looked up by
     * @param trust whom TLS trusts; null for those that the JDK trusts
     */
    static HttpConnection open(Endpoint endpoint, String name, long end, @Nullable SSLSocketFactory trust)
            throws IOException {
        TimedSocket socket = new TimedSocket();
        try {
            socket.endAt(end);
            long millis = (end - System.nanoTime()) / 1_000_000;
            socket.connect(
                    new InetSocketAddress(name, endpoint.port()), (int) Math.max(1, Math.min(CONNECT_MILLIS, millis)));
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Socket top = endpoint.tls() ? overTls(socket, endpoint, trust) : socket;
            return new HttpConnection(socket, top.getInputStream(), top.getOutputStream());
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket overTls(Socket socket, Endpoint endpoint, @Nullable SSLSocketFactory trust)
            throws IOException {
        SSLSocketFactory factory = trust == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : trust;
        SSLSocket tls = (SSLSocket) factory.createSocket(socket, endpoint.host(), endpoint.port(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    /**
     * Sends a request and reads the answer.
     *
     * @param end when the answer must be there, by {@link System#nanoTime()}
     */
    HttpAnswer exchange(Bytes request, long end) throws IOException {
        if (next < filled) {
            throw new ProtocolException("an answer that nobody asked for");
        }
        answering = false;
        if (socket != null) {
            socket.endAt(end);
        }
        request.writeTo(out);
        out.flush();
        HttpAnswer answer = read();
        usedAtMillis = System.currentTimeMillis();
        return answer;
    }

    /** Whether the other side had begun to answer the last request. */
    boolean hasBegunToAnswer() {
        return answering;
    }

    /** Whether another request may be sent. */
    boolean isKept() {
        return kept;
    }

    /** When the last answer came, by the wall clock, which goes on while a function is frozen. */
    long usedAtMillis() {
        return usedAtMillis;
    }

    private HttpAnswer read() throws IOException {
        int status = status(line());
        while (status >= 100 && status < 200) {
            skipHeaders();
            status = status(line());
        }
        int length = -1;
        boolean chunked = false;
        long crc = -1;
        String date = null;
        String header = line();
        for (int lines = 0; !header.isEmpty(); lines++, header = line()) {
            int colon = header.indexOf(':');
            if (colon <= 0 || lines > MAX_LINES) {
                throw new ProtocolException("not an HTTP header: " + shown(header));
            }
            String value = header.substring(colon + 1).strip();
            if (is(header, colon, "content-length")) {
                int stated = number(value);
                if (length >= 0 && length != stated) {
                    throw new ProtocolException("two lengths: " + length + " and " + stated);
                }
                length = stated;
            } else if (is(header, colon, "transfer-encoding")) {
                if (!value.equalsIgnoreCase("chunked")) {
                    throw new ProtocolException("transfer encoding " + shown(value));
                }
                chunked = true;
            } else if (is(header, colon, "connection")) {
                kept &= !value.equalsIgnoreCase("close");
            } else if (is(header, colon, "x-amz-crc32")) {
                crc = Long.parseLong(value);
            } else if (is(header, colon, "date")) {
                date = value;
            }
        }
        byte[] body = chunked ? chunks() : length >= 0 ? exactly(length) : rest();
        checkCrc(body, crc);
        return new HttpAnswer(status, date, body);
    }

    private int status(String line) throws IOException {
        if (line.length() < 12 || !line.startsWith("HTTP/1.") || line.charAt(8) != ' ') {
            throw new ProtocolException("not an HTTP answer: " + shown(line));
        }
        kept &= line.charAt(7) == '1';
        return number(line.substring(9, 12));
    }

    private void skipHeaders() throws IOException {
        int lines = 0;
        while (!line().isEmpty()) {
            if (++lines > MAX_LINES) {
                throw new ProtocolException("endless headers");
            }
        }
    }

    private static boolean is(String header, int colon, String name) {
        return colon == name.length() && header.regionMatches(true, 0, name, 0, colon);
    }

    private byte[] exactly(int length) throws IOException {
        if (length > MAX_BODY) {
            throw new ProtocolException("an answer of " + length + " bytes");
        }
        byte[] body = new byte[length];
        for (int at = 0; at < length; ) {
            if (next == filled && !fill()) {
                throw new EOFException("the answer ended after " + at + " of " + length + " bytes");
            }
            int part = Math.min(filled - next, length - at);
            System.arraycopy(buffer, next, body, at, part);
            next += part;
            at += part;
        }
        return body;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String line = line();
            int end = line.indexOf(';');
            int size = hex(end < 0 ? line.strip() : line.substring(0, end).strip());
            if (size == 0) {
                skipHeaders();
                return body.toByteArray();
            }
            if (body.size() + size > MAX_BODY) {
                throw new ProtocolException("an answer of more than " + MAX_BODY + " bytes");
            }
            body.write(exactly(size));
            if (!line().isEmpty()) {
                throw new ProtocolException("a chunk longer than it says");
            }
        }
    }

    private byte[] rest() throws IOException {
        kept = false;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (next < filled || fill()) {
            body.write(buffer, next, filled - next);
            next = filled;
            if (body.size() > MAX_BODY) {
                throw new ProtocolException("an endless answer");
            }
        }
        return body.toByteArray();
    }

    private String line() throws IOException {
        String start = "";
        while (true) {
            int end = next;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            String line = start + new String(buffer, next, end - next, StandardCharsets.ISO_8859_1);
            if (line.length() > MAX_LINE) {
                throw new ProtocolException("an endless line");
            }
            if (end < filled) {
                next = end + 1;
                return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            }
            next = end;
            start = line;
            if (!fill()) {
                throw new EOFException("the connection was closed before the answer was whole");
            }
        }
    }

    /** Reads what is there, waiting for some of it; false at the end. */
    private boolean fill() throws IOException {
        int read = in.read(buffer);
        next = 0;
        filled = Math.max(read, 0);
        answering |= read > 0;
        return read > 0;
    }

    private static int number(String text) throws ProtocolException {
        return parsed(text, 10);
    }

    private static int hex(String text) throws ProtocolException {
        return parsed(text, 16);
    }

    private static int parsed(String text, int radix) throws ProtocolException {
        try {
            if (!text.isEmpty() && text.charAt(0) != '+') {
                int value = Integer.parseInt(text, radix);
                if (value >= 0) {
                    return value;
                }
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new ProtocolException("not a number: " + shown(text));
    }

    private static void checkCrc(byte[] body, long stated) throws IOException {
        if (stated >= 0) {
            CRC32 crc = new CRC32();
            crc.update(body);
            if (crc.getValue() != stated) {
                throw new IOException("the answer was damaged on its way: its checksum doesn't fit");
            }
        }
    }

    /** The start of what came, without what could forge a log line. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), 40); i++) {
            char c = text.charAt(i);
            shown.append(c >= 0x20 && c < 0x7F ? c : '?');
        }
        return "'" + shown + "'";
    }

    /**
     * Ends the connection, and whoever reads or writes on it. The socket beneath TLS is closed: TLS itself would wait for the
     * writer to say goodbye.
     */
    @Override
    public void close() {
        kept = false;
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // It is of no use any more, whichever way it ended.
        }
    }
}
