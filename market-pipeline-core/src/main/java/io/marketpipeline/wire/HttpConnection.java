package io.marketpipeline.wire;

import io.marketpipeline.text.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
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

    private static final int MAX_LINE = 16 << 10;
    private static final int MAX_HEADERS = 200;
    private static final long CONNECT_NANOS = 1_000_000_000;

    /** Before the other side closes an idle connection, AWS's after a minute or later. */
    private static final long MAX_IDLE_MILLIS = 50_000;

    private final LimitedSocket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[8192];
    private final StringBuilder line = new StringBuilder(128);
    private int next;
    private int filled;
    private boolean kept = true;
    private boolean answering;
    private long usedAtMillis = System.currentTimeMillis();

    /** A connection, by way of TLS or not, over a socket. */
    HttpConnection(LimitedSocket socket, InputStream in, OutputStream out) {
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
        InetSocketAddress address = new InetSocketAddress(name, endpoint.port());
        LimitedSocket socket = new LimitedSocket();
        try {
            long now = System.nanoTime();
            socket.watch();
            socket.limit(now + Math.min(CONNECT_NANOS, end - now));
            socket.connect(address);
            socket.limit(end);
            socket.setTcpNoDelay(true);
            Socket top = endpoint.tls() ? overTls(socket, endpoint, trust) : socket;
            return new HttpConnection(socket, top.getInputStream(), top.getOutputStream());
        } catch (IOException e) {
            socket.close();
            throw socket.told(e);
        } finally {
            socket.unlimit();
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
        answering = false;
        boolean whole = false;
        socket.limit(end);
        try {
            request.writeTo(out);
            out.flush();
            HttpAnswer answer = read();
            whole = true;
            return answer;
        } catch (IOException e) {
            throw socket.told(e);
        } catch (NumberFormatException e) {
            throw new ProtocolException("not a number: " + shown(String.valueOf(e.getMessage())));
        } finally {
            socket.unlimit();
            kept &= whole;
            usedAtMillis = System.currentTimeMillis();
        }
    }

    /**
     * As {@link #exchange}, for a request without body, the last one of this connection.
     *
     * @param headers more of them, each with its line's end
     */
    HttpAnswer get(Endpoint endpoint, String path, String headers, long end) throws IOException {
        Bytes request = new Bytes(512)
                .ascii("GET " + path + " HTTP/1.1\r\nhost: " + endpoint.hostHeader())
                .ascii("\r\nuser-agent: market-pipeline\r\nconnection: close\r\n" + headers + "\r\n");
        return exchange(request, end);
    }

    /** Whether the other side had begun to answer the last request. */
    boolean hasBegunToAnswer() {
        return answering;
    }

    /**
     * Whether another request may be sent: all of the last answer was asked for, and it came lately, by the wall clock, which
     * goes on while a function is frozen.
     */
    boolean isKept() {
        long age = System.currentTimeMillis() - usedAtMillis;
        return kept && next == filled && !socket.isClosed() && age >= 0 && age < MAX_IDLE_MILLIS;
    }

    private HttpAnswer read() throws IOException {
        int status;
        List<String> headers;
        do {
            status = status(line());
            headers = headers();
        } while (status < 200);
        kept &= !header(headers, "connection").equalsIgnoreCase("close");
        String encoding = header(headers, "transfer-encoding");
        String length = header(headers, "content-length");
        byte[] body =
                !encoding.isEmpty() ? chunks(encoding) : length.isEmpty() ? rest() : exactly(Long.parseLong(length));
        String crc = header(headers, "x-amz-crc32");
        if (!crc.isEmpty()) {
            checkCrc(body, Long.parseLong(crc));
        }
        return new HttpAnswer(status, header(headers, "date"), body);
    }

    private int status(String line) throws IOException {
        if (line.length() < 12 || !line.startsWith("HTTP/1.") || line.charAt(8) != ' ') {
            throw new ProtocolException("not an HTTP answer: " + shown(line));
        }
        kept &= line.charAt(7) == '1';
        return Integer.parseInt(line.substring(9, 12));
    }

    private List<String> headers() throws IOException {
        List<String> headers = new ArrayList<>();
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.indexOf(':') <= 0 || headers.size() == MAX_HEADERS) {
                throw new ProtocolException("not an HTTP header: " + shown(header));
            }
            headers.add(header);
        }
        return headers;
    }

    /** The value of a header, with commas where there are several; empty where there is none. */
    private static String header(List<String> headers, String name) {
        String value = "";
        for (String header : headers) {
            if (header.regionMatches(true, 0, name, 0, name.length()) && header.charAt(name.length()) == ':') {
                String more = header.substring(name.length() + 1).strip();
                value = value.isEmpty() ? more : value + ", " + more;
            }
        }
        return value;
    }

    private byte[] exactly(long length) throws IOException {
        checkSize(length);
        byte[] body = new byte[(int) length];
        int buffered = Math.min(filled - next, body.length);
        System.arraycopy(buffer, next, body, 0, buffered);
        next += buffered;
        int missing = body.length - buffered;
        if (in.readNBytes(body, buffered, missing) < missing) {
            throw new EOFException("the answer ended before its " + length + " bytes");
        }
        return body;
    }

    private byte[] chunks(String encoding) throws IOException {
        if (!encoding.equalsIgnoreCase("chunked")) {
            throw new ProtocolException("transfer encoding " + shown(encoding));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            long size = Long.parseLong(line().split(";", 2)[0].strip(), 16);
            if (size == 0) {
                headers();
                return body.toByteArray();
            }
            body.writeBytes(exactly(size));
            checkSize(body.size());
            if (!line().isEmpty()) {
                throw new ProtocolException("a chunk longer than it says");
            }
        }
    }

    private byte[] rest() throws IOException {
        kept = false;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        do {
            body.write(buffer, next, filled - next);
            checkSize(body.size());
        } while (fill());
        return body.toByteArray();
    }

    private static void checkSize(long bytes) throws IOException {
        if (bytes < 0 || bytes > MAX_BODY) {
            throw new ProtocolException("an answer of " + bytes + " bytes");
        }
    }

    private String line() throws IOException {
        line.setLength(0);
        while (next < filled || fill()) {
            char c = (char) (buffer[next++] & 0xFF);
            if (c == '\n') {
                int length = line.length();
                line.setLength(length > 0 && line.charAt(length - 1) == '\r' ? length - 1 : length);
                return line.toString();
            }
            if (line.append(c).length() > MAX_LINE) {
                throw new ProtocolException("an endless line");
            }
        }
        throw new EOFException("the connection was closed before the answer was whole");
    }

    /** Reads what is there, waiting for some of it; false at the end. */
    private boolean fill() throws IOException {
        next = 0;
        filled = Math.max(in.read(buffer), 0);
        answering |= filled > 0;
        return filled > 0;
    }

    private static void checkCrc(byte[] body, long stated) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(body);
        if (crc.getValue() != stated) {
            throw new IOException("the answer was damaged on its way: its checksum doesn't fit");
        }
    }

    /** The start of what came, without what could forge a log line. */
    private static String shown(String text) {
        return "'" + text.substring(0, Math.min(text.length(), 40)).replaceAll("[^ -~]", "?") + "'";
    }

    /**
     * Ends the connection, and whoever reads or writes on it. The socket beneath TLS is closed: TLS itself would wait for the
     * writer to say goodbye.
     */
    @Override
    public void close() {
        socket.close();
    }
}
