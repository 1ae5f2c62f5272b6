package io.marketpipeline.local.function;

import io.marketpipeline.local.gateway.LoopbackGuard;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda Runtime API (version 2018-06-01) of one function process on a loopback port of its own. HTTP/1.1 with
 * kept-alive connections and pipelining, on plain sockets and one thread a connection, since each invocation passes here.
 *
 * <p>Whoever asks for the next invocation gets the event, so the port answers the function's process alone: below a path that
 * only that process is told, and never a web page.
 */
final class RuntimeApiServer implements AutoCloseable {
    private static final String API = "/2018-06-01/runtime/";

    private final ServerSocket listening;
    private final RuntimeApiListener listener;
    private final String secretPath = "/" + UUID.randomUUID();
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

    /** What stands in {@code AWS_LAMBDA_RUNTIME_API}: host and port, and behind them the path that makes it this process's. */
    String address() {
        return listening.getInetAddress().getHostAddress() + ":" + listening.getLocalPort() + secretPath;
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
            for (RuntimeApiRequest request = RuntimeApiRequest.read(in);
                    request != null;
                    request = RuntimeApiRequest.read(in)) {
                if (isForeign(request)) {
                    out.write(response("403 Forbidden", "", error("Forbidden")));
                    return;
                }
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

    private boolean isForeign(RuntimeApiRequest request) {
        return !request.path().startsWith(secretPath + API)
                || LoopbackGuard.refusal(
                                request.header("host"),
                                request.header("origin"),
                                request.header("sec-fetch-site"),
                                listening.getLocalPort())
                        .isPresent();
    }

    private byte @Nullable [] answer(RuntimeApiRequest request) throws InterruptedException {
        String path = request.path().substring(secretPath.length() + API.length());
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
            return response("404 Not Found", "", error("UnknownPath"));
        }
        return response("202 Accepted", "", "{\"status\":\"OK\"}".getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] error(String type) {
        return ("{\"errorType\":\"" + type + "\"}").getBytes(StandardCharsets.UTF_8);
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
