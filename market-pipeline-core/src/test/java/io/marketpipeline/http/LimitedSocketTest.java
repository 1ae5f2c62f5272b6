package io.marketpipeline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.marketpipeline.text.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitedSocketTest {
    private static final Bytes REQUEST = new Bytes(64).ascii("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n");

    private final ScriptedServer server = new ScriptedServer();

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private HttpConnection open() throws IOException {
        return HttpConnection.open(new HttpAddress(false, "127.0.0.1", server.port()), in(10_000), null);
    }

    private static long in(long millis) {
        return System.nanoTime() + millis * 1_000_000;
    }

    private static long watches() {
        Set<Thread> threads = Thread.getAllStackTraces().keySet();
        return threads.stream()
                .filter(thread -> thread.getName().equals("market-pipeline-http-watch"))
                .count();
    }

    @Test
    void openWhenNobodyTakesTheConnectionEndsInTime() throws IOException {
        List<SocketChannel> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 8; i++) { // more than it lets wait
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(full.getLocalSocketAddress());
                waiting.add(channel);
            }
            HttpAddress address = new HttpAddress(false, "127.0.0.1", full.getLocalPort());

            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> HttpConnection.open(address, in(200), null))
                    .withMessage("no answer in time");
        } finally {
            for (SocketChannel channel : waiting) {
                channel.close();
            }
        }
    }

    @Test
    void exchangeThatIsLateIsToldAsThat() throws IOException {
        server.then(ScriptedServer.HANG);

        try (HttpConnection connection = open()) {
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> connection.exchange(REQUEST, in(100), null))
                    .withMessage("no answer in time");
            assertThat(connection.isKept()).isFalse();
        }
    }

    @Test
    void timeOfAnExchangeDoesNotEndTheConnectionBetweenTwo() throws IOException, InterruptedException {
        server.then(ScriptedServer.answer(200, "{}"), ScriptedServer.answer(201, "{}"));

        try (HttpConnection connection = open()) {
            long end = in(2_000);
            connection.exchange(REQUEST, end, null);
            while (System.nanoTime() - end < 200_000_000) {
                Thread.sleep(50);
            }
            assertThat(connection.exchange(REQUEST, in(10_000), null).status()).isEqualTo(201);
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void oneThreadLooksAfterAll() throws IOException, InterruptedException {
        try (HttpConnection first = open();
                HttpConnection second = open()) {
            assertThat(first.isKept() && second.isKept()).isTrue();
            // One that isn't needed any more takes a moment to end.
            long end = in(10_000);
            while (watches() > 1 && System.nanoTime() - end < 0) {
                Thread.sleep(10);
            }
            assertThat(watches()).isEqualTo(1);
        }
    }
}
