package io.marketpipeline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.marketpipeline.text.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate is for the name localhost, not for the address 127.0.0.1. */
class HttpConnectionTlsTest {
    private static SSLContext context;

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "tls-test");
        thread.setDaemon(true); // one that hangs is what the tests are about
        return thread;
    });

    private ScriptedServer server;

    @BeforeAll
    static void makeKeys(@TempDir Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        context = LocalhostKeys.in(folder).context();
    }

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer(
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    private HttpAddress address(String host) {
        return address(host, server.port());
    }

    private static HttpAddress address(String host, int port) {
        return new HttpAddress(true, host, port);
    }

    private HttpConnection open(String host) throws IOException {
        return HttpConnection.open(address(host), soon(), context.getSocketFactory());
    }

    private static long soon() {
        return System.nanoTime() + 10_000_000_000L;
    }

    @Test
    void openWhenTheCertificateIsOfTheHostExchanges() throws IOException {
        server.then(ScriptedServer.answer(200, "{}"));
        Bytes request = new Bytes(64).ascii("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n");

        try (HttpConnection connection = open("localhost")) {
            HttpAnswer answer = connection.exchange(request, soon(), null);
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void openWhenTheCertificateIsOfAnotherHostFails() {
        assertThatExceptionOfType(SSLException.class).isThrownBy(() -> open("127.0.0.1"));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void openWhenNobodyTrustsTheCertificateFails() {
        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> HttpConnection.open(address("localhost"), soon(), null));
    }

    @Test
    void exchangeWhenTheServerStopsReadingEndsInTime() throws Exception {
        try (ServerSocket deaf =
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<Socket> accepted = threads.submit(() -> {
                SSLSocket socket = (SSLSocket) deaf.accept();
                socket.startHandshake();
                return socket;
            });
            Bytes large = new Bytes(64 << 20).ascii("x".repeat(64 << 20));
            try (HttpConnection connection = HttpConnection.open(
                    address("localhost", deaf.getLocalPort()), soon(), context.getSocketFactory())) {
                Future<HttpAnswer> exchange =
                        threads.submit(() -> connection.exchange(large, System.nanoTime() + 300_000_000L, null));

                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(() -> exchange.get(30, TimeUnit.SECONDS))
                        .withCauseInstanceOf(SocketTimeoutException.class);
                assertThat(connection.isKept()).isFalse();
            }
            accepted.get().close();
        }
    }

    @Test
    void openWhenTheHandshakeTricklesEndsInTime() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<Boolean> unused = threads.submit(() -> {
                try (Socket socket = slow.accept()) {
                    // A record of the handshake of 16,000 bytes.
                    socket.getOutputStream().write(new byte[] {22, 3, 3, 0x3E, (byte) 0x80, 2});
                    while (true) {
                        Thread.sleep(20);
                        socket.getOutputStream().write(0);
                    }
                }
            });
            Future<HttpConnection> opened = threads.submit(() -> HttpConnection.open(
                    address("localhost", slow.getLocalPort()),
                    System.nanoTime() + 300_000_000L,
                    context.getSocketFactory()));

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> opened.get(30, TimeUnit.SECONDS))
                    .withCauseInstanceOf(SocketTimeoutException.class)
                    .withMessageContaining("no answer in time");
        }
    }
}
