package io.marketpipeline.maven.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/**
 * Looks at a stack until its operation has ended, and tells each event once. Made before the operation begins, so that it
 * knows which events are old. Not thread-safe.
 */
final class StackWatch {
    private static final Duration LIMIT = Duration.ofHours(2);

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

    /**
     * Waits until nothing is in progress.
     *
     * @return how the stack ended
     * @throws StackException where it hasn't after two hours
     */
    StackStatus untilSettled() throws InterruptedException {
        Backoff backoff = new Backoff(pace);
        while (true) {
            // The status is read first, so that no event before it can be missed.
            StackStatus status = reader.find(stackId).map(Stack::stackStatus).orElse(StackStatus.DELETE_COMPLETE);
            if (tellNews()) {
                backoff.somethingHappened();
            }
            if (StackCondition.of(status) != StackCondition.BUSY) {
                return status;
            }
            if (elapsed().compareTo(LIMIT) > 0) {
                throw new StackException("Stack " + stackId + " is still " + status + " after " + LIMIT.toHours()
                        + " hours. It goes on by itself; look at its events in the CloudFormation console and run the"
                        + " goal again when it has ended.");
            }
            listener.elapsed(elapsed());
            backoff.pause();
        }
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
