package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.config.UserFixableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/**
 * Looks at a stack until its operation has ended, and tells each event once. Made before the operation begins, so that it
 * knows which events are old. Not thread-safe.
 */
final class StackWatch {
    private static final Duration LIMIT = Duration.ofHours(2);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final StackReader reader;
    private final StackListener listener;
    private final Pace pace;
    private final String stackId;
    private final Set<String> seen = new HashSet<>();
    private final List<ResourceEvent> events = new ArrayList<>();
    private final Instant start;

    private StackWatch(StackReader reader, StackListener listener, Pace pace, String stackId) {
        this.reader = reader;
        this.listener = listener;
        this.pace = pace;
        this.stackId = stackId;
        this.start = pace.now();
    }

    /** A watch for what happens from now on. */
    static StackWatch from(StackReader reader, StackListener listener, Pace pace, String stackId) {
        StackWatch watch = new StackWatch(reader, listener, pace, stackId);
        reader.eventsSince(stackId, event -> !watch.seen.add(event.id()));
        return watch;
    }

    /** A watch for the operation that is under way, or for the last one, from its first event on. */
    static StackWatch fromBegin(StackReader reader, StackListener listener, Pace pace, String stackId) {
        StackWatch watch = new StackWatch(reader, listener, pace, stackId);
        boolean before = false;
        List<ResourceEvent> newestFirst = new ArrayList<>(reader.eventsSince(stackId, event -> false));
        Collections.reverse(newestFirst);
        for (ResourceEvent event : newestFirst) {
            if (before) {
                watch.seen.add(event.id());
            }
            before = before || event.beginsOperation();
        }
        return watch;
    }

    /**
     * Waits until nothing is in progress. A connection that is lost, and requests that are refused because they are too
     * many, are tried again for some minutes.
     *
     * @return how the stack ended
     * @throws StackException where it hasn't after two hours
     */
    StackStatus untilSettled() throws InterruptedException {
        Backoff backoff = new Backoff(pace);
        Optional<Instant> lost = Optional.empty();
        while (true) {
            try {
                // The status is read first, so that no event before it can be missed.
                StackStatus status =
                        reader.find(stackId).map(Stack::stackStatus).orElse(StackStatus.DELETE_COMPLETE);
                if (tellNews()) {
                    backoff.somethingHappened();
                }
                if (lost.isPresent()) {
                    listener.note("Reading the stack again");
                    lost = Optional.empty();
                }
                if (StackCondition.of(status) != StackCondition.BUSY) {
                    return status;
                }
                refuseTooLong(status);
            } catch (UserFixableException | SdkException e) {
                lost = Optional.of(stillPatient(e, lost));
            }
            listener.elapsed(elapsed());
            backoff.pause();
        }
    }

    private void refuseTooLong(StackStatus status) {
        if (elapsed().compareTo(LIMIT) > 0) {
            throw new StackException("Stack " + stackId + " is still " + status + " after " + LIMIT.toHours()
                    + " hours. It goes on by itself; follow it with `" + follow() + "`.");
        }
    }

    private String follow() {
        return reader.environment().command("deploy", "-Dattach");
    }

    /** When the connection was lost first; throws where trying again makes no sense any more. */
    private Instant stillPatient(RuntimeException failure, Optional<Instant> lost) {
        Throwable cause = failure instanceof SdkException ? failure : failure.getCause();
        boolean passes = cause instanceof SdkClientException
                || (cause instanceof SdkServiceException answer
                        && (answer.isThrottlingException() || answer.statusCode() >= 500));
        Instant since = lost.orElse(pace.now());
        if (!passes || Duration.between(since, pace.now()).compareTo(PATIENCE) > 0) {
            throw failure instanceof StackException
                    ? failure
                    : new StackException(failure.getMessage() + "\nThe operation on the stack goes on in AWS all the"
                            + " same. When the cause is mended, follow it with `" + follow() + "`.");
        }
        if (lost.isEmpty()) {
            listener.note("The stack can't be read at the moment; trying again for " + PATIENCE.toMinutes()
                    + " minutes. The operation goes on meanwhile. " + failure.getMessage());
        }
        return since;
    }

    Duration elapsed() {
        return Duration.between(start, pace.now());
    }

    /** Every event so far, oldest first. */
    List<ResourceEvent> events() {
        return List.copyOf(events);
    }

    private boolean tellNews() {
        List<ResourceEvent> news = reader.eventsSince(stackId, event -> seen.contains(event.id()));
        for (ResourceEvent event : news) {
            seen.add(event.id());
            events.add(event);
            listener.event(event);
        }
        return !news.isEmpty();
    }
}
