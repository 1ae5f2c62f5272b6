package io.marketpipeline.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.net.ssl.SSLContext;

/** Loads most of TLS, some 500 classes, which only a real server rehearses. */
final class TlsRehearsal {
    /** Within ten seconds of an init phase; a connection that nobody takes ends after one. */
    private static final long LIMIT_NANOS = 6_000_000_000L;

    private TlsRehearsal() {}

    /** Asks for nothing, unsigned. No part of it is used afterwards: neither connection, session nor address. */
    static void with(HttpAddress address) {
        long end = System.nanoTime() + LIMIT_NANOS;
        // The JDK keeps addresses by the name as it is written, and its clock stands still in a snapshot.
        HttpAddress same = new HttpAddress(true, address.host().toUpperCase(Locale.ROOT), address.port());
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, null, null);
            try (HttpConnection connection = HttpConnection.open(same, end, tls.getSocketFactory())) {
                connection.get(address, "/", "", end);
            }
        } catch (IOException | GeneralSecurityException e) {
            // No way there before the snapshot: then the first event loads it.
        }
    }
}
