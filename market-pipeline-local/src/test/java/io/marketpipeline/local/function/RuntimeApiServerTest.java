package io.marketpipeline.local.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.local.OtherInterfaces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever asks for an invocation gets the event, so nobody but the function's process may ask. */
class RuntimeApiServerTest {
    private static final String NEXT = "/2018-06-01/runtime/invocation/next";
    private final Recorder recorder = new Recorder();
    private RuntimeApiServer server;
    private String host;
    private String secretPath;

    @BeforeEach
    void start() throws IOException {
        server = RuntimeApiServer.start(recorder);
        int slash = server.address().indexOf('/');
        host = server.address().substring(0, slash);
        secretPath = server.address().substring(slash);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void processThatKnowsThePathGetsTheInvocation() throws IOException {
        assertThat(send("GET " + secretPath + NEXT, "Host: " + host, ""))
                .startsWith("HTTP/1.1 200")
                .contains("Lambda-Runtime-Aws-Request-Id: r-1")
                .endsWith("{\"event\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/00000000-0000-0000-0000-000000000000", "/../", "//"})
    void otherPathGetsNothing(String path) throws IOException {
        assertThat(send("GET " + path + NEXT, "Host: " + host, "")).startsWith("HTTP/1.1 403");
        assertThat(send("POST " + path + "/2018-06-01/runtime/invocation/r-1/response", "Host: " + host, "{}"))
                .startsWith("HTTP/1.1 403");
        assertThat(recorder.calls).isEmpty();
    }

    @Test
    void pathIsAnotherForEachProcess() throws IOException {
        try (RuntimeApiServer other = RuntimeApiServer.start(recorder)) {
            assertThat(other.address()).doesNotContain(secretPath);
        }
    }

    /** Even one that knew the path: its name rebound to 127.0.0.1, another origin, a form, a preflight. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: 127.0.0.1.evil.example",
                "X-Host: none",
                "Host: 127.0.0.1\r\nOrigin: http://evil.example",
                "Host: 127.0.0.1\r\nOrigin: null",
                "Host: 127.0.0.1\r\nSec-Fetch-Site: cross-site",
                "Host: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\nOrigin: http://evil.example",
                "Host: 127.0.0.1\r\nHost: evil.example"
            })
    void webPageGetsNothing(String headers) throws IOException {
        for (String method : List.of("GET", "POST", "OPTIONS")) {
            assertThat(send(method + " " + secretPath + NEXT, headers, ""))
                    .startsWith("HTTP/1.1 403")
                    .doesNotContainIgnoringCase("access-control-allow");
        }
        assertThat(recorder.calls).isEmpty();
    }

    @Test
    void answerInChunksIsRead() throws IOException {
        String answer = send(
                "POST " + secretPath + "/2018-06-01/runtime/invocation/r-1/response",
                "Host: " + host + "\r\nTransfer-Encoding: chunked",
                "3\r\n{\"a\r\n4;x=y\r\n\":1}\r\n0\r\nTrailer: t\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 202");
        assertThat(recorder.calls).containsExactly("answered r-1 {\"a\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "8388609", "99999999999999999999", "one", ""})
    void lengthThatCannotBeEndsTheConnection(String length) throws IOException {
        assertThat(send("POST " + secretPath + NEXT, "Host: " + host + "\r\nContent-Length: " + length, ""))
                .isEmpty();
        assertThat(send(
                        "POST " + secretPath + NEXT,
                        "Host: " + host + "\r\nTransfer-Encoding: chunked",
                        Long.toHexString(Long.MAX_VALUE) + "\r\n"))
                .isEmpty();
        assertThat(recorder.calls).isEmpty();
    }

    @Test
    void requestWithoutEndIsNotKept() throws IOException {
        assertThat(send("GET " + secretPath + NEXT, headers(RuntimeApiRequest.MOST_HEADERS + 1), ""))
                .isEmpty();
        assertThat(send("GET " + secretPath + NEXT, "X: " + "x".repeat(RuntimeApiRequest.LONGEST_LINE), ""))
                .isEmpty();
        assertThat(recorder.calls).isEmpty();
    }

    @Test
    void portIsClosedOnEveryOtherInterface() throws IOException {
        assertThat(OtherInterfaces.accepting(port())).isEmpty();
    }

    private static String headers(int count) {
        StringBuilder headers = new StringBuilder();
        for (int i = 0; i < count; i++) {
            headers.append("X-").append(i).append(": 1\r\n");
        }
        return headers.toString().stripTrailing();
    }

    private int port() {
        return Integer.parseInt(host.substring(host.indexOf(':') + 1));
    }

    /** What comes back before the server ends the connection, or all of one answer. */
    private String send(String start, String headers, String body) throws IOException {
        boolean chunked = headers.contains("chunked") || headers.contains("Content-Length");
        String length = chunked ? "" : "Content-Length: " + body.length() + "\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.getOutputStream()
                    .write((start + " HTTP/1.1\r\n" + headers + "\r\n" + length + "\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException e) {
            // Reset, since the server ended the connection without reading all.
            return "";
        }
    }

    private static final class Recorder implements RuntimeApiListener {
        private final List<String> calls = new ArrayList<>();

        @Override
        public synchronized Handover next() {
            calls.add("next");
            byte[] payload = "{\"event\":1}".getBytes(StandardCharsets.UTF_8);
            return new Handover(new Invocation("r-1", "arn", payload, false, Invocation.NEVER, result -> {}), 1);
        }

        @Override
        public synchronized void answered(String requestId, byte[] body) {
            calls.add("answered " + requestId + " " + new String(body, StandardCharsets.UTF_8));
        }

        @Override
        public synchronized void failed(String requestId, byte[] body) {
            calls.add("failed " + requestId);
        }

        @Override
        public synchronized void initializationFailed(byte[] body) {
            calls.add("init");
        }
    }
}
