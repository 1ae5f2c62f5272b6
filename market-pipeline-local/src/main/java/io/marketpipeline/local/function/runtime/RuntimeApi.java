package io.marketpipeline.local.function.runtime;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Client of the Lambda Runtime API over one kept-alive connection. An answer and the request for the next invocation are
 * sent together (HTTP pipelining), which spares one round trip an invocation. For one thread.
 */
final class RuntimeApi {
    private static final String API = "/2018-06-01/runtime/";

    /**
     * One invocation to handle.
     *
     * @param deadlineMillis milliseconds since the epoch at which the process is ended
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, and a copy of each payload would cost.
    record Next(String requestId, String functionArn, long deadlineMillis, byte[] payload) {}

    private final String host;
    private final String root;
    private final InputStream in;
    private final OutputStream out;

    private RuntimeApi(String host, String root, InputStream in, OutputStream out) {
        this.host = host;
        this.root = root;
        this.in = in;
        this.out = out;
    }

    /**
     * Connects.
     *
     * @param address host and port, and behind them the path below which the API is
     */
    static RuntimeApi connect(String address) throws IOException {
        int slash = (address + "/").indexOf('/');
        String host = address.substring(0, slash);
        int colon = host.lastIndexOf(':');
        Socket socket = new Socket(
                InetAddress.getByName(host.substring(0, colon)), Integer.parseInt(host.substring(colon + 1)));
        socket.setTcpNoDelay(true);
        return new RuntimeApi(
                host,
                address.substring(slash) + API,
                new BufferedInputStream(socket.getInputStream(), 1 << 16),
                socket.getOutputStream());
    }

    Next next() throws IOException {
        out.write(nextRequest());
        return readNext();
    }

    Next response(String requestId, byte[] body) throws IOException {
        return answered(post("invocation/" + requestId + "/response", "", body));
    }

    Next error(String requestId, byte[] body, String type) throws IOException {
        return answered(post("invocation/" + requestId + "/error", errorType(type), body));
    }

    void errorAndExit(String requestId, byte[] body, String type) throws IOException {
        out.write(post("invocation/" + requestId + "/error", errorType(type), body));
        readResponse();
        Runtime.getRuntime().halt(1);
    }

    void initError(byte[] body, String type) throws IOException {
        out.write(post("init/error", errorType(type), body));
        readResponse();
    }

    private Next answered(byte[] post) throws IOException {
        byte[] get = nextRequest();
        byte[] both = new byte[post.length + get.length];
        System.arraycopy(post, 0, both, 0, post.length);
        System.arraycopy(get, 0, both, post.length, get.length);
        out.write(both);
        readResponse();
        return readNext();
    }

    private byte[] nextRequest() {
        return ("GET " + root + "invocation/next HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] post(String path, String headers, byte[] body) {
        byte[] head = ("POST " + root + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: " + body.length
                        + "\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    private static String errorType(String type) {
        return "Lambda-Runtime-Function-Error-Type: " + type + "\r\n";
    }

    private Next readNext() throws IOException {
        Response response = readResponse();
        Map<String, String> headers = response.headers();
        return new Next(
                headers.getOrDefault("lambda-runtime-aws-request-id", ""),
                headers.getOrDefault("lambda-runtime-invoked-function-arn", ""),
                Long.parseLong(headers.getOrDefault("lambda-runtime-deadline-ms", "0")),
                response.body());
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared, and a copy of each payload would cost.
    private record Response(Map<String, String> headers, byte[] body) {}

    private Response readResponse() throws IOException {
        readLine();
        Map<String, String> headers = new TreeMap<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("The local endpoint closed the Runtime API connection.");
        }
        return new Response(headers, body);
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                // The endpoint is gone, and with it the reason to live.
                Runtime.getRuntime().halt(0);
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }
}
