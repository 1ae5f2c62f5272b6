package io.marketpipeline.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;

/** Answers each request on loopback with the next of the answers that a test gave, byte by byte as it gave them. */
public final class ScriptedServer implements AutoCloseable {
    /** Ends the connection where it stands in an answer. */
    public static final String CUT = "<cut>";

    /** Waits for the other side to give up where it stands in an answer. */
    public static final String HANG = "<hang>";

    private final ServerSocket listener;
    private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    public ScriptedServer() {
        this(plain());
    }

    public ScriptedServer(ServerSocket listener) {
        this.listener = listener;
        Thread thread = new Thread(this::accept, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    private static ServerSocket plain() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String answer(int status, String body) {
        return "HTTP/1.1 " + status + " X\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    public static String error(int status, String code) {
        return answer(
                status, "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + code + "\",\"message\":\"as scripted\"}");
    }

    public void then(String... scripted) {
        answers.addAll(List.of(scripted));
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** The whole requests, in the order of their coming. */
    public List<String> requests() {
        return requests;
    }

    /** Those that came about: of TLS, not those that the other side gave up within the handshake. */
    public int connections() {
        return connections.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                Thread thread = new Thread(() -> serve(socket), "scripted-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            if (socket instanceof SSLSocket tls) {
                tls.startHandshake();
            }
            connections.incrementAndGet();
            InputStream in = socket.getInputStream();
            for (String request = read(in); request != null; request = read(in)) {
                requests.add(request);
                String answer = answers.take();
                int cut = answer.indexOf(CUT);
                int hang = answer.indexOf(HANG);
                int end = cut >= 0 ? cut : hang >= 0 ? hang : answer.length();
                socket.getOutputStream().write(answer.substring(0, end).getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
                if (cut >= 0) {
                    return;
                }
            }
        } catch (IOException | InterruptedException e) {
            // The test is over, or the other side gave up.
        }
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                return null;
            }
            head.write(b);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        int length = text.lines()
                .filter(line -> line.startsWith("content-length: "))
                .mapToInt(line -> Integer.parseInt(line.substring(16)))
                .findFirst()
                .orElse(0);
        return text + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
