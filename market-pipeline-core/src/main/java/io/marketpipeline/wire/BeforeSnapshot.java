package io.marketpipeline.wire;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.net.ssl.SSLContext;

/**
 * Loads what the first event after a restore would load otherwise, some 500 classes: most of TLS, which only a real server
 * rehearses, and what reads credentials. For functions that Lambda takes a snapshot of (SnapStart), where nobody waits for it.
 */
final class BeforeSnapshot {
    /** Within ten seconds of an init phase; a connection that nobody takes ends after one. */
    private static final long LIMIT_NANOS = 6_000_000_000L;

    private BeforeSnapshot() {}

    static void prime(Endpoint endpoint) {
        try {
            CredentialSource.rehearse();
            if (endpoint.tls()) {
                exchange(endpoint);
            }
        } catch (IOException | GeneralSecurityException e) {
            // No way to the endpoint before the snapshot: then the first event loads it.
        }
    }

    /** Asks for nothing, unsigned. No part of it is used after the restore: neither connection, session nor address. */
    private static void exchange(Endpoint endpoint) throws IOException, GeneralSecurityException {
        long end = System.nanoTime() + LIMIT_NANOS;
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, null, null);
        // The JDK keeps addresses by the name as it is written, and its clock stands still in a snapshot.
        String name = endpoint.host().toUpperCase(Locale.ROOT);
        try (HttpConnection connection = HttpConnection.open(endpoint, name, end, tls.getSocketFactory())) {
            Bytes request = new Bytes(256)
                    .ascii("GET / HTTP/1.1\r\nhost: ")
                    .ascii(endpoint.hostHeader())
                    .ascii("\r\nuser-agent: market-pipeline\r\nconnection: close\r\n\r\n");
            connection.exchange(request, end);
        }
    }
}
