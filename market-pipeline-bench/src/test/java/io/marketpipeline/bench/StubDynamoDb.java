package io.marketpipeline.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers every DynamoDB call on loopback at once as if it had worked, and counts the items. It looks at nothing but the
 * length of the body and, in batches, the number of statements, so that it costs all contestants the same little.
 */
final class StubDynamoDb implements AutoCloseable {
    private static final byte[] STATEMENT = "\"Statement\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BATCH = "batchexecutestatement".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PUT_ANSWER = answer("{}");

    private final ServerSocket listener;
    private final AtomicLong items = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();

    StubDynamoDb() throws IOException {
        listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        daemon(this::accept, "stub");
    }

    String address() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    int port() {
        return listener.getLocalPort();
    }

    long items() {
        return items.get();
    }

    long calls() {
        return calls.get();
    }

    private static void daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                daemon(() -> serve(socket), "stub-connection");
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        byte[] body = new byte[1 << 16];
        byte[] head = new byte[16 << 10];
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            OutputStream out = socket.getOutputStream();
            for (int size = readHead(in, head); size > 0; size = readHead(in, head)) {
                int length = number(head, find(head, size, LENGTH) + LENGTH.length);
                body = body.length < length ? new byte[length] : body;
                if (in.readNBytes(body, 0, length) < length) {
                    return;
                }
                out.write(answerTo(head, size, body, length));
            }
        } catch (IOException e) {
            // The contestant has ended.
        }
    }

    private byte[] answerTo(byte[] head, int size, byte[] body, int length) {
        calls.incrementAndGet();
        if (find(head, size, BATCH) < 0) {
            items.incrementAndGet();
            return PUT_ANSWER;
        }
        int statements = 0;
        for (int i = 0; i + STATEMENT.length <= length; i++) {
            if (body[i] == '"' && body[i + 10] == '"' && matches(body, i, STATEMENT)) {
                statements++;
            }
        }
        items.addAndGet(statements);
        return answer("{\"Responses\":[" + "{\"TableName\":\"t\"},".repeat(statements - 1) + "{\"TableName\":\"t\"}]}");
    }

    private static byte[] answer(String body) {
        return ("HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nx-amzn-RequestId: 0\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads a head in lower case; its length, or 0 at the end. */
    private static int readHead(InputStream in, byte[] head) throws IOException {
        int size = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            head[size++] = (byte) (b >= 'A' && b <= 'Z' ? b + 32 : b);
            if (b == '\n' && size > 3 && head[size - 3] == '\n') {
                return size;
            }
        }
        return 0;
    }

    private static int find(byte[] text, int size, byte[] wanted) {
        for (int i = 0; i + wanted.length <= size; i++) {
            if (text[i] == wanted[0] && matches(text, i, wanted)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] text, int at, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (text[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static int number(byte[] text, int from) {
        int value = 0;
        for (int i = from; text[i] != '\r'; i++) {
            value = text[i] == ' ' ? value : value * 10 + text[i] - '0';
        }
        return value;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
