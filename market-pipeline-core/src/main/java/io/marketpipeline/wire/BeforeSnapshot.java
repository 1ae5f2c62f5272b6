package io.marketpipeline.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    private static final String CREDENTIALS =
            "{\"AccessKeyId\":\"x\",\"SecretAccessKey\":\"x\",\"Token\":\"x\",\"Expiration\":\"2026-01-02T14:30:00Z\"}";

    private BeforeSnapshot() {}

    static void prime(Endpoint endpoint) {
        try {
            CredentialSource.parse(new HttpAnswer(200, CREDENTIALS.getBytes(StandardCharsets.UTF_8)), endpoint);
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
        String host = endpoint.host().toUpperCase(Locale.ROOT);
        Endpoint same = new Endpoint(endpoint.service(), endpoint.region(), true, host, endpoint.port());
        try (HttpConnection connection = HttpConnection.open(same, end, tls.getSocketFactory())) {
            connection.get(endpoint, "/", "", end);
        }
    }
}
