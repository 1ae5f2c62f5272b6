package io.marketpipeline.processor;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The invocation that a batch is processed in. Immutable.
 *
 * @param requestId id of the invocation; the platform keeps it over its retries of the same event, which is how own
 *     earlier writes are told from other people's
 * @param receivedAt when the function received the batch
 * @param deadline when all must be done
 * @param writer who processes it
 */
public record InvocationContext(String requestId, Instant receivedAt, Instant deadline, Writer writer) {
    public InvocationContext {
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(receivedAt, "receivedAt");
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(writer, "writer");
    }

    /** An invocation of whose writer nothing is known. */
    public InvocationContext(String requestId, Instant receivedAt, Instant deadline) {
        this(requestId, receivedAt, deadline, Writer.UNKNOWN);
    }

    /** An invocation that begins now and has 30 seconds; for tests and for processing outside of a function. */
    public static InvocationContext of(String requestId) {
        Instant now = Instant.now();
        return new InvocationContext(requestId, now, now.plus(Duration.ofSeconds(30)));
    }
}
