package io.marketpipeline.wire;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Finds credentials where a function has them: in the environment's variables, or, with SnapStart, at the container endpoint
 * that the environment names (AWS SDKs and Tools reference guide, "Container credential provider"). What came from the
 * endpoint is taken anew five minutes before it expires, by the wall clock, which is right after a restore, too. Asks for
 * nothing before the first request. Thread-safe.
 */
final class CredentialSource {
    private static final Duration EARLY = Duration.ofMinutes(5);

    /** How long an endpoint is left alone that couldn't renew what still holds. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private static final long LONGEST_NANOS = 2_000_000_000L;

    /** Besides loopback, where plain HTTP is allowed: the endpoints of ECS and EKS. */
    private static final Set<String> CONTAINER_HOSTS =
            Set.of("169.254.170.2", "169.254.170.23", "fd00:ec2:0:0:0:0:0:23");

    private final Map<String, String> environment;
    private final InstantSource clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Known known;
    private @Nullable Failure failure;

    CredentialSource(Map<String, String> environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
    }

    /** There are none to be had; the message says where they were looked for. */
    static final class MissingCredentialsException extends IOException {
        private static final long serialVersionUID = 1L;

        MissingCredentialsException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private record Known(Credentials credentials, Instant renewAt) {
        boolean isFresh(Instant now) {
            return now.isBefore(renewAt);
        }

        boolean isValid(Instant now) {
            Instant expiration = credentials.expiration();
            return expiration != null && now.isBefore(expiration);
        }
    }

    private record Failure(IOException cause, long atNanos) {}

    /**
     * The credentials. One thread at a time asks for them; the others use what still holds, or wait for what it is told.
     *
     * @param endNanos when they must be there, by {@link System#nanoTime()}
     * @throws MissingCredentialsException where another try would be in vain
     * @throws IOException where another try may give them
     */
    Credentials get(long endNanos) throws IOException {
        String accessKey = value("AWS_ACCESS_KEY_ID");
        String secretKey = value("AWS_SECRET_ACCESS_KEY");
        if (accessKey != null && secretKey != null) {
            return checked(new Credentials(accessKey, secretKey, value("AWS_SESSION_TOKEN"), null));
        }
        long since = System.nanoTime();
        Known current = known;
        if (current != null && current.isFresh(clock.instant())) {
            return current.credentials;
        }
        if (!asking.tryLock()) {
            if (current != null && current.isValid(clock.instant())) {
                return current.credentials;
            }
            awaitTurn(endNanos - since);
        }
        try {
            return renewed(since, endNanos);
        } finally {
            asking.unlock();
        }
    }

    private void awaitTurn(long nanos) throws IOException {
        try {
            if (!asking.tryLock(nanos, TimeUnit.NANOSECONDS)) {
                throw new SocketTimeoutException("no credentials in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another thread asked for credentials");
        }
    }

    /** Asks, unless another thread did since, whatever it was told. */
    private Credentials renewed(long since, long endNanos) throws IOException {
        Known current = known;
        Instant now = clock.instant();
        if (current != null && current.isFresh(now)) {
            return current.credentials;
        }
        if (failure != null && failure.atNanos - since > 0) {
            throw failure.cause;
        }
        try {
            Credentials renewed = ofContainer(endNanos);
            Instant expiration = renewed.expiration();
            known = new Known(renewed, expiration == null ? now.plus(EARLY) : expiration.minus(EARLY));
            return renewed;
        } catch (IOException e) {
            if (current == null || !current.isValid(now)) {
                failure = new Failure(e, System.nanoTime());
                throw e;
            }
            known = new Known(current.credentials, now.plus(AGAIN));
            return current.credentials;
        }
    }

    /** Drops what the service refused as expired. */
    void renew() {
        known = null;
    }

    /** Loads what reads an endpoint's answer. */
    static void rehearse() throws IOException {
        String answer =
                "{\"AccessKeyId\":\"x\",\"SecretAccessKey\":\"x\",\"Token\":\"x\",\"Expiration\":\"2026-01-02T14:30:00Z\"}";
        parse(answer.getBytes(StandardCharsets.UTF_8), new Endpoint("credentials", "", false, "127.0.0.1", 80));
    }

    private Credentials ofContainer(long endNanos) throws IOException {
        URI uri = containerUri();
        String host = uri.getHost();
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        if (host == null || !(tls || isContainerHost(host))) {
            throw new MissingCredentialsException(
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI is '" + uri
                            + "', but must be an https address, or an http address on this machine",
                    null);
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
        Endpoint endpoint = new Endpoint("credentials", "", tls, host, port);
        String path = (uri.getRawPath().isEmpty() ? "/" : uri.getRawPath())
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        Bytes request = new Bytes(512)
                .ascii("GET ")
                .ascii(path)
                .ascii(" HTTP/1.1\r\nHost: ")
                .ascii(endpoint.hostHeader())
                .ascii("\r\nAccept: application/json\r\nConnection: close\r\n");
        String token = token();
        if (token != null) {
            request.ascii("Authorization: ").ascii(token).ascii("\r\n");
        }
        request.ascii("\r\n");
        long now = System.nanoTime();
        long end = now + Math.min(LONGEST_NANOS, endNanos - now);
        try (HttpConnection connection = HttpConnection.open(endpoint, end)) {
            HttpAnswer answer = connection.exchange(request, end);
            if (answer.status() != 200) {
                String message = endpoint + " gave no credentials: HTTP " + answer.status();
                throw answer.isFault() ? new IOException(message) : new MissingCredentialsException(message, null);
            }
            return parse(answer.body(), endpoint);
        }
    }

    private URI containerUri() throws IOException {
        String relative = value("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
        String full = value("AWS_CONTAINER_CREDENTIALS_FULL_URI");
        if (relative == null && full == null) {
            throw new MissingCredentialsException(
                    "no credentials: neither AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY nor"
                            + " AWS_CONTAINER_CREDENTIALS_FULL_URI is set",
                    null);
        }
        try {
            return URI.create(relative != null ? "http://169.254.170.2" + relative : String.valueOf(full));
        } catch (IllegalArgumentException e) {
            throw new MissingCredentialsException("the container credentials' address is wrong: " + e.getMessage(), e);
        }
    }

    private static boolean isContainerHost(String host) throws IOException {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        InetAddress address = InetAddress.getByName(bare);
        return address.isLoopbackAddress() || CONTAINER_HOSTS.contains(address.getHostAddress());
    }

    private @Nullable String token() throws IOException {
        String file = value("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
        String token = file == null
                ? value("AWS_CONTAINER_AUTHORIZATION_TOKEN")
                : Files.readString(Path.of(file), StandardCharsets.UTF_8).strip();
        if (token != null && !isPrintable(token)) {
            throw new MissingCredentialsException(
                    "the container authorization token has a character that no header takes", null);
        }
        return token;
    }

    private static Credentials parse(byte[] body, Endpoint endpoint) throws IOException {
        JsonObject json = JsonObject.read(body);
        String accessKey = json.text("AccessKeyId");
        String secretKey = json.text("SecretAccessKey");
        if (accessKey.isEmpty() || secretKey.isEmpty()) {
            throw new MissingCredentialsException(endpoint + " gave no credentials", null);
        }
        String token = json.text("Token");
        String expiration = json.text("Expiration");
        try {
            return checked(new Credentials(
                    accessKey,
                    secretKey,
                    token.isEmpty() ? null : token,
                    expiration.isEmpty() ? null : Instant.parse(expiration)));
        } catch (DateTimeException e) {
            throw new MissingCredentialsException(endpoint + " gave credentials whose expiration is no time", e);
        }
    }

    private static Credentials checked(Credentials credentials) throws IOException {
        String token = credentials.sessionToken();
        if (!isPrintable(credentials.accessKey()) || (token != null && !isPrintable(token))) {
            throw new MissingCredentialsException("the credentials have a character that no header takes", null);
        }
        return credentials;
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < 0x20 || text.charAt(i) > 0x7E) {
                return false;
            }
        }
        return true;
    }

    private @Nullable String value(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
