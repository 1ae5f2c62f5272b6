package io.marketpipeline.http;

import io.marketpipeline.text.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection (RFC 9112) for one exchange at a time. What isn't understood ends the connection: an answer is
 * either whole or an {@link IOException}. Answers in chunks aren't understood: AWS and its emulators say how long theirs are.
 */
final class HttpConnection implements AutoCloseable {
    /** More than any answer that is asked for: an item of 400 KB with every character escaped. */
    private static final int MAX_BODY = 8 << 20;

    private static final long CONNECT_NANOS = 1_000_000_000;

    /** Before the other side closes an idle connection, AWS's after a minute or later. */
    private static final long MAX_IDLE_MILLIS = 50_000;

    private final LimitedSocket socket;
    private final InputStream in;
    private final OutputStream out;
    /** A head must fit. */
    private final byte[] buffer = new byte[16 << 10];

    private int next;
    private int filled;
    private boolean ending;
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
     * @param trust whom TLS trusts; null for those that the JDK trusts
     */
    static HttpConnection open(HttpAddress address, long end, @Nullable SSLSocketFactory trust) throws IOException {
        InetSocketAddress to = new InetSocketAddress(address.host(), address.port());
        LimitedSocket socket = new LimitedSocket();
        try {
            long now = System.nanoTime();
            socket.watch();
            socket.limit(now + Math.min(CONNECT_NANOS, end - now));
            socket.connect(to);
            socket.limit(end);
            socket.setTcpNoDelay(true);
            Socket top = address.tls() ? overTls(socket, address, trust) : socket;
            return new HttpConnection(socket, top.getInputStream(), top.getOutputStream());
        } catch (IOException e) {
            socket.close();
            throw socket.told(e);
        } finally {
            socket.limit(0);
        }
    }

    private static Socket overTls(Socket socket, HttpAddress address, @Nullable SSLSocketFactory trust)
            throws IOException {
        SSLSocketFactory factory = trust == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : trust;
        SSLSocket tls = (SSLSocket) factory.createSocket(socket, address.host(), address.port(), true);
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
     * @param meanwhile what to do until it comes; null for nothing
     */
    HttpAnswer exchange(Bytes request, long end, @Nullable Runnable meanwhile) throws IOException {
        next = 0;
        filled = 0;
        usedAtMillis = 0; // of no further use until the answer is whole
        socket.limit(end);
        try {
            request.writeTo(out);
            if (meanwhile != null) {
                meanwhile.run();
            }
            HttpAnswer answer = read();
            usedAtMillis = System.currentTimeMillis();
            return answer;
        } catch (IOException e) {
            throw socket.told(e);
        } catch (NumberFormatException e) {
            throw new ProtocolException("not a number: " + shown(String.valueOf(e.getMessage())));
        } finally {
            socket.limit(0);
        }
    }

    /**
     * As {@link #exchange}, for a request without body, the last one of this connection. HTTP/1.0, because no answer to that
     * comes in chunks, whoever wrote the server.
     *
     * @param headers more of them, each with its line's end
     */
    HttpAnswer get(HttpAddress address, String path, String headers, long end) throws IOException {
        String head = "GET " + path + " HTTP/1.0\r\nhost: " + address.hostHeader();
        return exchange(
                new Bytes(512).ascii(head + "\r\nuser-agent: market-pipeline\r\n" + headers + "\r\n"), end, null);
    }

    /** Whether the other side had begun to answer the last request. */
    boolean hasBegunToAnswer() {
        return filled > 0;
    }

    /**
     * Whether another request may be sent: all of the last answer was asked for, and it came lately, by the wall clock, which
     * goes on while a function is frozen.
     */
    boolean isKept() {
        long age = System.currentTimeMillis() - usedAtMillis;
        return !ending && next == filled && !socket.isClosed() && age >= 0 && age < MAX_IDLE_MILLIS;
    }

    private HttpAnswer read() throws IOException {
        String head = head();
        int status = status(head);
        if (status < 200) {
            return read(); // the answer is yet to come
        }
        if (!header(head, "\ntransfer-encoding:").isEmpty()) {
            throw new ProtocolException("an answer in chunks, or packed in another way, isn't understood");
        }
        ending |= header(head, "\nconnection:").contains("close");
        byte[] body = body(header(head, "\ncontent-length:"));
        String crc = header(head, "\nx-amz-crc32:");
        CRC32 computed = new CRC32();
        computed.update(body);
        if (!crc.isEmpty() && Long.parseLong(crc) != computed.getValue()) {
            throw new IOException("the answer was damaged on its way: its checksum doesn't fit");
        }
        return new HttpAnswer(status, body);
    }

    /** All up to the empty line, in lower case. */
    private String head() throws IOException {
        int start = next;
        int line = next;
        while (true) {
            while (next < filled) {
                if (buffer[next++] == '\n') {
                    if (next - line <= 2) { // with a carriage return or without
                        String head = new String(buffer, start, next - start, StandardCharsets.ISO_8859_1);
                        return head.toLowerCase(Locale.ROOT);
                    }
                    line = next;
                }
            }
            int read = in.read(buffer, filled, buffer.length - filled);
            if (read <= 0) {
                throw new EOFException("the connection ended before the answer was whole, or its head has no end");
            }
            filled += read;
        }
    }

    private int status(String head) throws IOException {
        if (head.length() < 12 || !head.startsWith("http/1.") || head.charAt(8) != ' ') {
            throw new ProtocolException("not an HTTP answer: " + shown(head));
        }
        ending |= head.charAt(7) != '1';
        return Integer.parseInt(head.substring(9, 12));
    }

    /**
     * The value of a header, with commas between those of several (RFC 9110, 5.2); empty where there is none.
     *
     * @param start how its line starts, after the end of another
     */
    private static String header(String head, String start) {
        String value = "";
        for (int at = head.indexOf(start); at >= 0; at = head.indexOf(start, at + 1)) {
            String one = head.substring(at + start.length(), head.indexOf('\n', at + 1))
                    .strip();
            value = value.isEmpty() ? one : value + "," + one;
        }
        return value;
    }

    /**
     * The body.
     *
     * @param stated its length; empty where the other side ends the connection after it
     */
    private byte[] body(String stated) throws IOException {
        boolean toTheEnd = stated.isEmpty();
        ending |= toTheEnd;
        int length = toTheEnd ? MAX_BODY : Integer.parseInt(stated);
        if (length < 0 || length > MAX_BODY) {
            throw new ProtocolException("an answer of " + length + " bytes");
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream(Math.min(length, buffer.length));
        body.write(buffer, next, Math.min(filled - next, length));
        next += body.size();
        body.writeBytes(in.readNBytes(length - body.size()));
        if (toTheEnd ? in.read() >= 0 : body.size() < length) {
            throw new EOFException("the answer ended before its " + length + " bytes, or didn't end after them");
        }
        return body.toByteArray();
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
