package io.marketpipeline.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate is for the name localhost, not for the address 127.0.0.1. */
class HttpConnectionTlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    private SSLContext context;
    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve("keys.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process made = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "RSA",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "2")
                .redirectErrorStream(true)
                .start();
        assertThat(made.getInputStream().readAllBytes()).isNotNull();
        assertThat(made.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        server = new ScriptedServer(
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Endpoint endpoint(String host) {
        return new Endpoint("dynamodb", "us-east-1", true, host, server.port());
    }

    @Test
    void openWhenTheCertificateIsOfTheHostExchanges() throws IOException {
        server.then(ScriptedServer.answer(200, "{}"));
        Bytes request = new Bytes(64).ascii("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n");

        try (HttpConnection connection =
                HttpConnection.open(endpoint("localhost"), 10_000, context.getSocketFactory())) {
            HttpAnswer answer = connection.exchange(request, System.nanoTime() + 10_000_000_000L);
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void openWhenTheCertificateIsOfAnotherHostFails() {
        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> HttpConnection.open(endpoint("127.0.0.1"), 10_000, context.getSocketFactory()));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void openWhenNobodyTrustsTheCertificateFails() {
        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> HttpConnection.open(endpoint("localhost"), 10_000));
    }
}
