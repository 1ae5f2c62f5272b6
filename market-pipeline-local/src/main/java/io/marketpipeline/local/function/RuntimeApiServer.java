package io.marketpipeline.local.function;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda Runtime API (version 2018-06-01) of one function process on a loopback port of its own. HTTP/1.1 with
 * kept-alive connections and pipelining, on plain sockets and one thread a connection, since each invocation passes here.
 */
final class RuntimeApiServer implements AutoCloseable {
    private static final String ROOT = "/2018-06-01/runtime/";
    private static final int LARGEST_BODY = 8 << 20;

    private final ServerSocket listening;
    private final RuntimeApiListener listener;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    private RuntimeApiServer(ServerSocket listening, RuntimeApiListener listener) {
        this.listening = listening;
        this.listener = listener;
    }

    static RuntimeApiServer start(RuntimeApiListener listener) throws IOException {
        RuntimeApiServer server =
                new RuntimeApiServer(new ServerSocket(0, 16, InetAddress.getLoopbackAddress()), listener);
        daemon(server::accept, "runtime-api-" + server.listening.getLocalPort());
        return server;
    }

    /** Host and port, as in {@code AWS_LAMBDA_RUNTIME_API}. */
    String address() {
        return listening.getInetAddress().getHostAddress() + ":" + listening.getLocalPort();
    }

    @Override
    public void close() {
        closeQuietly(listening);
        connections.forEach(RuntimeApiServer::closeQuietly);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket connection = listening.accept();
                connection.setTcpNoDelay(true);
                connections.add(connection);
                daemon(() -> serve(connection), "runtime-api-connection");
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream(), 1 << 16);
            OutputStream out = connection.getOutputStream();
            for (Request request = read(in); request != null; request = read(in)) {
                byte[] response = answer(request);
                if (response == null) {
                    return;
                }
                out.write(response);
            }
        } catch (IOException e) {
            // The process ended; whoever watches it says what that means.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(connection);
        }
    }

    private byte @Nullable [] answer(Request request) throws InterruptedException {
        String path = request.path().startsWith(ROOT) ? request.path().substring(ROOT.length()) : "";
        if (path.equals("invocation/next")) {
            RuntimeApiListener.Handover next = listener.next();
            return next == null ? null : invocation(next);
        }
        String[] parts = path.split("/", -1);
        if (path.equals("init/error")) {
            listener.initializationFailed(request.body());
        } else if (parts.length == 3 && parts[0].equals("invocation") && parts[2].equals("response")) {
            listener.answered(parts[1], request.body());
        } else if (parts.length == 3 && parts[0].equals("invocation") && parts[2].equals("error")) {
            listener.failed(parts[1], request.body());
        } else {
            return response("404 Not Found", "", "{\"errorType\":\"UnknownPath\"}".getBytes(StandardCharsets.UTF_8));
        }
        return response("202 Accepted", "", "{\"status\":\"OK\"}".getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] invocation(RuntimeApiListener.Handover next) {
        Invocation invocation = next.invocation();
        String headers = "Lambda-Runtime-Aws-Request-Id: " + invocation.requestId()
                + "\r\nLambda-Runtime-Deadline-Ms: " + next.deadlineMillis()
                + "\r\nLambda-Runtime-Invoked-Function-Arn: " + invocation.functionArn()
                + "\r\n";
        return response("200 OK", headers, invocation.payload());
    }

    private static byte[] response(String status, String headers, byte[] body) {
        byte[] head = ("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                        + "\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] response = new byte[head.length + body.length];
        System.arraycopy(head, 0, response, 0, head.length);
        System.arraycopy(body, 0, response, head.length, body.length);
        return response;
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared, and a copy of each payload would cost.
    private record Request(String path, byte[] body) {}

    private static @Nullable Request read(InputStream in) throws IOException {
        String start = line(in);
        if (start == null) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        String[] parts = start.split(" ", 3);
        return new Request(parts.length > 1 ? parts[1] : "", body(in, headers));
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return chunks(in);
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        if (length > LARGEST_BODY) {
            throw new IOException("A function's answer has " + length + " bytes.");
        }
        return in.readNBytes(length);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
            body.writeBytes(in.readNBytes(size));
            line(in);
        }
        for (String trailer = line(in); trailer != null && !trailer.isEmpty(); ) {
            trailer = line(in);
        }
        return body.toByteArray();
    }

    private static int chunkSize(InputStream in) throws IOException {
        String line = line(in);
        return line == null ? 0 : Integer.parseInt(line.split(";", 2)[0].strip(), 16);
    }

    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(96);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    private static void daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // Nobody is left to tell: the process on the other side has ended or is about to.
        }
    }
}
