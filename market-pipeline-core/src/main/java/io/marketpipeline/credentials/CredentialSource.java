package io.marketpipeline.credentials;

import io.marketpipeline.http.Connections;
import io.marketpipeline.http.HttpAddress;
import io.marketpipeline.http.HttpAnswer;
import io.marketpipeline.http.JsonObject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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
public final class CredentialSource {
    private static final Duration EARLY = Duration.ofMinutes(5);

    /** How long an endpoint is left alone that couldn't renew what still holds, or gave what hardly does. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private static final long LONGEST_NANOS = 2_000_000_000L;

    /** Besides loopback, where plain HTTP is allowed: the endpoints of ECS and EKS. */
    private static final Set<String> CONTAINER_HOSTS =
            Set.of("169.254.170.2", "169.254.170.23", "fd00:ec2:0:0:0:0:0:23");

    private static final String SAMPLE =
            "{\"AccessKeyId\":\"x\",\"SecretAccessKey\":\"x\",\"Token\":\"x\",\"Expiration\":\"2026-01-02T14:30:00Z\"}";

    private static final Outcome NONE = new Outcome(new Credentials("", "", "", null), Instant.MIN, null);

    private final Map<String, String> environment;
    private final InstantSource clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Outcome last = NONE;

    /**
     * Credentials of an environment.
     *
     * @param environment the function's variables
     */
    public CredentialSource(Map<String, String> environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
    }

    /** There are none to be had; the message says where they were looked for. */
    public static final class MissingCredentialsException extends IOException {
        private static final long serialVersionUID = 1L;

        MissingCredentialsException(String message) {
            super(message);
        }
    }

    /** What the last request gave; where it gave a failure, that is for those who waited for it. */
    private record Outcome(Credentials credentials, Instant renewAt, @Nullable IOException failure) {}

    /**
     * The credentials. One thread at a time asks for them; the others use what still holds, or wait for what it is told.
     *
     * @param endNanos when they must be there, by {@link System#nanoTime()}
     * @throws MissingCredentialsException where another try would be in vain
     * @throws IOException where another try may give them
     */
    @SuppressWarnings("ReferenceEquality") // whether somebody asked since, whatever the answer
    public Credentials get(long endNanos) throws IOException {
        Outcome known = last;
        Instant now = clock.instant();
        if (now.isBefore(known.renewAt) && known.credentials.holdAt(now)) {
            return known.credentials;
        }
        if (!asking.tryLock()) {
            if (known.credentials.holdAt(now)) {
                return known.credentials;
            }
            awaitTurn(endNanos);
        }
        try {
            Outcome told = last;
            if (told == known || told == NONE) {
                told = asked(told.credentials, now, endNanos);
                last = told;
            }
            if (told.failure != null) {
                throw told.failure;
            }
            return told.credentials;
        } finally {
            asking.unlock();
        }
    }

    private void awaitTurn(long endNanos) throws IOException {
        try {
            if (!asking.tryLock(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new SocketTimeoutException("no credentials in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another thread asked for credentials");
        }
    }

    private Outcome asked(Credentials known, Instant now, long endNanos) {
        boolean hold = known.holdAt(now);
        long start = System.nanoTime();
        // An endpoint that hangs leaves time for the call, whose credentials are good still.
        long rest = hold ? (endNanos - start) / 4 : endNanos - start;
        try {
            Credentials given = new Credentials(
                    value("AWS_ACCESS_KEY_ID"), value("AWS_SECRET_ACCESS_KEY"), value("AWS_SESSION_TOKEN"), null);
            Credentials found = given.isThere() ? given : ofContainer(start + Math.min(LONGEST_NANOS, rest));
            checkPrintable(found.accessKey() + found.sessionToken());
            Instant expiration = found.expiration();
            Instant renewAt = expiration == null ? now.plus(EARLY) : expiration.minus(EARLY);
            Instant next = now.plus(AGAIN); // for those that have less than that left already
            return new Outcome(found, renewAt.isBefore(next) ? next : renewAt, null);
        } catch (IOException e) {
            return new Outcome(known, hold ? now.plus(AGAIN) : Instant.MIN, hold ? null : e);
        }
    }

    /** Drops what the service refused as expired, unless others have come in its place. */
    @SuppressWarnings("ReferenceEquality") // which they were, whatever they say
    public void renew(Credentials refused) {
        if (last.credentials == refused) {
            last = NONE;
        }
    }

    private Credentials ofContainer(long end) throws IOException {
        String relative = value("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
        String address =
                relative.isEmpty() ? value("AWS_CONTAINER_CREDENTIALS_FULL_URI") : "http://169.254.170.2" + relative;
        HttpAddress server = HttpAddress.of(address);
        if (server == null || !(server.tls() || isContainerHost(server.host()))) {
            throw new MissingCredentialsException(
                    "no credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY aren't set, and"
                            + " AWS_CONTAINER_CREDENTIALS_FULL_URI is '" + address
                            + "', which is no https address, nor an http address on this machine");
        }
        int path = address.indexOf('/', "https://".length());
        String token = token();
        String headers = "Accept: application/json\r\n" + (token.isEmpty() ? "" : "Authorization: " + token + "\r\n");
        return parse(Connections.get(server, path < 0 ? "/" : address.substring(path), headers, end), server);
    }

    private static boolean isContainerHost(String host) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        return address.isLoopbackAddress() || CONTAINER_HOSTS.contains(address.getHostAddress());
    }

    private String token() throws IOException {
        String file = value("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
        String token;
        try {
            token = file.isEmpty()
                    ? value("AWS_CONTAINER_AUTHORIZATION_TOKEN")
                    : Files.readString(Path.of(file), StandardCharsets.UTF_8).strip();
        } catch (InvalidPathException e) {
            throw new MissingCredentialsException(
                    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE is no path: " + e.getMessage());
        }
        checkPrintable(token);
        return token;
    }

    /** Loads what reads an endpoint's answer. */
    public static void prime() {
        try {
            HttpAddress server = new HttpAddress(false, "127.0.0.1", 80);
            parse(new HttpAnswer(200, SAMPLE.getBytes(StandardCharsets.UTF_8)), server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Credentials parse(HttpAnswer answer, HttpAddress server) throws IOException {
        JsonObject json = JsonObject.read(answer.body());
        String expiration = json.text("Expiration");
        try {
            Credentials given = new Credentials(
                    json.text("AccessKeyId"),
                    json.text("SecretAccessKey"),
                    json.text("Token"),
                    expiration.isEmpty() ? null : Instant.parse(expiration));
            if (answer.status() == 200 && given.isThere()) {
                return given;
            }
        } catch (DateTimeException e) {
            throw new MissingCredentialsException(server + " gave credentials whose expiration is no time");
        }
        String message = server + " gave no credentials: HTTP " + answer.status();
        // An answer that is damaged may be whole the next time.
        boolean damaged = answer.status() == 200 && json.values().isEmpty();
        throw damaged || answer.isFault() ? new IOException(message) : new MissingCredentialsException(message);
    }

    private static void checkPrintable(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < 0x20 || text.charAt(i) > 0x7E) {
                throw new MissingCredentialsException(
                        "the credentials, or the token for them, have a character that no header takes");
            }
        }
    }

    private String value(String name) {
        return environment.getOrDefault(name, "").strip();
    }
}
