package io.marketpipeline.wire;

import io.marketpipeline.credentials.CredentialSource;
import io.marketpipeline.credentials.Credentials;
import io.marketpipeline.http.Connections;
import io.marketpipeline.http.HttpAnswer;
import io.marketpipeline.http.JsonObject;
import io.marketpipeline.puts.Backoff;
import io.marketpipeline.text.Bytes;
import io.marketpipeline.text.IsoTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one AWS service by its JSON protocol. Tries again what may pass (throttling, a fault of the service, a cut
 * connection), with jitter, until the deadline; so every call must be one that may be made twice. Thread-safe.
 */
final class ServiceCalls implements AutoCloseable {
    private static final Duration LONGEST_TRY = Duration.ofSeconds(3);
    private static final String CONTENT_TYPE = "application/x-amz-json-1.0";

    /** No try begins with less than this: it could hardly succeed. */
    private static final Duration LEAST = Duration.ofMillis(20);

    /**
     * What the SDK calls throttling, and what passes by itself (AWS SDKs and Tools reference guide, "Retry behavior"), without
     * the ending that statements' errors lack.
     */
    private static final Set<String> PASSING = Set.of(("BandwidthLimitExceeded InternalFailure InternalServerError"
                    + " PriorRequestNotComplete ProvisionedThroughputExceeded ReplicatedWriteConflict RequestLimitExceeded"
                    + " RequestThrottled RequestTimeout ServiceUnavailable SlowDown Throttled Throttling ThrottlingError"
                    + " TooManyRequests TransactionConflict TransactionInProgress")
            .split(" "));

    /** The credentials' time is over; others are taken. */
    private static final Set<String> EXPIRED = Set.of("ExpiredTokenException", "ExpiredToken", "RequestExpired");

    private final Endpoint endpoint;
    private final Connections connections;
    private final CredentialSource credentials;
    private final InstantSource clock;
    private final Backoff.Pause pause;
    private final Signer signer;
    private final String host;

    ServiceCalls(
            Endpoint endpoint,
            Connections connections,
            CredentialSource credentials,
            InstantSource clock,
            Backoff.Pause pause) {
        this.endpoint = endpoint;
        this.connections = connections;
        this.credentials = credentials;
        this.clock = clock;
        this.pause = pause;
        this.host = endpoint.address().hostHeader();
        this.signer = new Signer(endpoint.region(), endpoint.service());
    }

    /**
     * Makes a call.
     *
     * @param target operation with its prefix, such as {@code DynamoDB_20120810.PutItem}
     */
    ServiceAnswer call(String target, Bytes body, Instant deadline) {
        return call(target, body, deadline, null);
    }

    /** As {@link #call(String, Bytes, Instant)}, with something to do while each try's answer is awaited. */
    ServiceAnswer call(String target, Bytes body, Instant deadline, @Nullable Runnable meanwhile) {
        Backoff backoff = new Backoff();
        String last = "there was no time left for the first try";
        Throwable cause = null;
        boolean renewed = false;
        for (int tries = 1; ; tries++) {
            Duration remaining = Duration.between(clock.instant(), deadline);
            if (remaining.compareTo(LEAST) < 0) {
                return unknown("no time left after " + (tries - 1) + " tries; last: " + last, cause);
            }
            try {
                Duration most = remaining.compareTo(LONGEST_TRY) < 0 ? remaining : LONGEST_TRY;
                long end = System.nanoTime() + most.toNanos();
                Credentials by = credentials.get(end);
                HttpAnswer answer = connections.exchange(request(by, target, body), end, meanwhile);
                if (answer.status() == 200) {
                    return new ServiceAnswer.Done(answer);
                }
                ServiceAnswer.Failed error = ServiceAnswer.Failed.of(answer);
                if (!answer.isFault() && !isPassing(error.code())) {
                    if (renewed || !isOld(error, by)) {
                        return error;
                    }
                    renewed = true;
                }
                last = error.message();
                cause = null;
            } catch (CredentialSource.MissingCredentialsException e) {
                return unknown(String.valueOf(e.getMessage()), e);
            } catch (IOException e) {
                last = e.getClass().getSimpleName() + ": " + e.getMessage();
                cause = e;
            }
            if (!pause.ended(backoff.next(deadline, clock))) {
                return unknown("interrupted after " + tries + " tries; last: " + last, cause);
            }
        }
    }

    /** Waits before another call; false where there is no time for that. */
    boolean pausedBefore(Instant deadline, Backoff backoff) {
        return pause.endedBefore(deadline, backoff.next(), clock);
    }

    private Bytes request(Credentials by, String target, Bytes body) {
        String time = IsoTime.basic(Math.floorDiv(clock.millis(), 1000L));
        String token = by.sessionToken();
        SignedHeaders headers = new SignedHeaders(body.size() + 768 + token.length())
                .add("content-type", CONTENT_TYPE)
                .add("host", host)
                .add("x-amz-date", time);
        if (!token.isEmpty()) {
            headers.add("x-amz-security-token", token);
        }
        headers.add("x-amz-target", target);
        return signer.sign(by, time, headers, body)
                .ascii("user-agent: market-pipeline\r\ncontent-length: ", Integer.toString(body.size()), "\r\n\r\n")
                .append(body);
    }

    /** Whether another try may succeed where one failed with this error. */
    static boolean isPassing(String code) {
        return PASSING.contains(code.endsWith("Exception") ? code.substring(0, code.length() - 9) : code);
    }

    /** Whether it was refused for what another request won't have: credentials, or a time, of before. */
    private boolean isOld(ServiceAnswer.Failed error, Credentials by) {
        if (EXPIRED.contains(error.code())) {
            credentials.renew(by);
            return true;
        }
        // A request that was frozen with the function between signing and sending.
        return error.code().equals("InvalidSignatureException")
                && error.message().contains("Signature expired");
    }

    private ServiceAnswer unknown(String message, @Nullable Throwable cause) {
        return new ServiceAnswer.Failed("", endpoint.address() + ": " + message, new JsonObject(), cause);
    }

    @Override
    public void close() {
        connections.close();
    }
}
