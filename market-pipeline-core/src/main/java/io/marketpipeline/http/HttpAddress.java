package io.marketpipeline.http;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens.
 *
 * @param port the scheme's own where the address names none
 */
public record HttpAddress(boolean tls, String host, int port) {
    /** The host and port that an address names; null where it is none of {@code http} or {@code https}. */
    public static @Nullable HttpAddress of(String address) {
        try {
            URI uri = URI.create(address);
            boolean tls = "https".equalsIgnoreCase(uri.getScheme());
            int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
            return uri.getHost() != null && port <= 0xFFFF && (tls || "http".equalsIgnoreCase(uri.getScheme()))
                    ? new HttpAddress(tls, uri.getHost(), port)
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Value of the header {@code Host}. */
    public String hostHeader() {
        return port == (tls ? 443 : 80) ? host : host + ":" + port;
    }

    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + hostHeader();
    }
}
