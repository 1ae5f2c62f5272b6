package io.marketpipeline.local.gateway;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages out. A page in the user's browser can reach loopback ports: under its own name, when it rebinds its DNS
 * name to 127.0.0.1 (so {@code Host} must be a loopback name), or across origins (so no foreign {@code Origin}, and no
 * cross-site fetch metadata).
 */
public final class LoopbackGuard {
    private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");

    private LoopbackGuard() {}

    /**
     * Why a request must not be answered; empty if it may be.
     *
     * @param host the header {@code Host}; null where there is none, as for the others
     * @param origin the header {@code Origin}
     * @param fetchSite the header {@code Sec-Fetch-Site}
     * @param port that the request came to
     */
    public static Optional<String> refusal(
            @Nullable String host, @Nullable String origin, @Nullable String fetchSite, int port) {
        if (host == null || !NAMES.contains(withoutPort(host))) {
            return Optional.of(
                    "Host '" + host + "' is not loopback; the local endpoint answers 127.0.0.1 and localhost only");
        }
        if (origin != null && !isOwn(origin, port)) {
            return Optional.of("Origin '" + origin + "' is another site; the local endpoint answers no browser page");
        }
        if ("cross-site".equals(fetchSite) || "same-site".equals(fetchSite)) {
            return Optional.of(
                    "This request comes from another site's page; the local endpoint answers no browser page");
        }
        return Optional.empty();
    }

    private static boolean isOwn(String origin, int port) {
        try {
            URI uri = URI.create(origin);
            return "http".equals(uri.getScheme())
                    && uri.getHost() != null
                    && NAMES.contains(uri.getHost())
                    && uri.getPort() == port;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String withoutPort(String host) {
        return PORT.matcher(host).replaceFirst("");
    }
}
