package io.marketpipeline.publish;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** Sends one batch until each of its events is done. Thread-safe. */
final class BatchSender {
    /** EventBridge API reference, PutEventsResultEntry, lists the first two as those to try again. */
    private static final Set<String> TRANSIENT = Set.of(
            "InternalFailure",
            "ThrottlingException",
            "InternalException",
            "ServiceUnavailable",
            "ServiceUnavailableException",
            "RequestTimeout");

    private final EventBridgeClient client;
    private final String bus;
    private final int attempts;
    private final Backoff backoff;
    private final Pause pause;
    private final InstantSource clock;
    private final PublishListener listener;

    BatchSender(EventBridgeClient client, MarketEventPublisher.Builder settings, PublishListener listener) {
        this.client = client;
        this.bus = settings.bus;
        this.attempts = settings.attempts;
        this.backoff = new Backoff(settings.random);
        this.pause = settings.pause;
        this.clock = settings.clock;
        this.listener = listener;
    }

    /**
     * Sends the batch. Each event is handed to {@code done} exactly once, also when the thread is interrupted: then
     * what isn't known to be accepted is told as such, and the interrupt flag is set.
     */
    void send(List<Pending> batch, Consumer<List<PublishResult>> done) {
        List<Pending> left = batch;
        for (int attempt = 1; !left.isEmpty(); attempt++) {
            Answer answer = attempt(left);
            if (!answer.done().isEmpty()) {
                done.accept(answer.done());
            }
            answer.spoilt().forEach(pack -> sendSingly(pack, done));
            if (answer.splittable()) {
                answer.again().forEach(single -> send(List.of(single), done));
                return;
            }
            left = answer.again();
            if (!left.isEmpty() && !mayTryAgain(attempt, left, answer)) {
                done.accept(failed(left, answer.code(), answer.message()));
                return;
            }
        }
    }

    /** One bad event spoils its pack for its neighbours, which then go by themselves. */
    private void sendSingly(Pending pack, Consumer<List<PublishResult>> done) {
        List<Pending> singles = pack.singles();
        for (int from = 0; from < singles.size(); from += BatchQueue.MAX_ENTRIES) {
            send(singles.subList(from, Math.min(singles.size(), from + BatchQueue.MAX_ENTRIES)), done);
        }
    }

    private boolean mayTryAgain(int attempt, List<Pending> left, Answer answer) {
        if (attempt >= attempts || Thread.currentThread().isInterrupted()) {
            return false;
        }
        listener.onRetry(Pending.count(left), answer.code());
        try {
            pause.pause(backoff.after(attempt));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Answer attempt(List<Pending> batch) {
        batch.forEach(pending -> pending.sentAt(clock.instant()));
        try {
            List<PutEventsRequestEntry> entries =
                    batch.stream().map(this::entry).toList();
            return sorted(
                    batch, client.putEvents(request -> request.entries(entries)).entries());
        } catch (AbortedException e) {
            Thread.currentThread().interrupt();
            return unanswered(batch, e);
        } catch (AwsServiceException e) {
            return refused(batch, e);
        } catch (SdkClientException e) {
            return e.retryable() ? unanswered(batch, e) : finished(failed(batch, "ClientError", message(e)));
        } catch (RuntimeException e) {
            // What the SDK doesn't declare, such as a connection pool that was shut down: each event must still be
            // told.
            batch.forEach(Pending::unanswered);
            return finished(failed(batch, e.getClass().getSimpleName(), orEmpty(e.getMessage())));
        }
    }

    private PutEventsRequestEntry entry(Pending pending) {
        return PutEventsRequestEntry.builder()
                .eventBusName(bus)
                .source(pending.source())
                .detailType(pending.detailType())
                .detail(pending.detail())
                .build();
    }

    /** The answer holds one entry per entry of the request, in order; those with a code were not taken. */
    private static Answer sorted(List<Pending> batch, List<PutEventsResultEntry> entries) {
        if (entries.size() != batch.size()) {
            batch.forEach(Pending::unanswered);
            String message = "the answer has " + entries.size() + " entries for " + batch.size();
            return finished(failed(batch, "MalformedAnswer", message));
        }
        List<PublishResult> done = new ArrayList<>(batch.size());
        List<Pending> again = new ArrayList<>();
        List<Pending> spoilt = new ArrayList<>(0);
        String code = "";
        String message = "";
        for (int i = 0; i < entries.size(); i++) {
            PutEventsResultEntry entry = entries.get(i);
            Pending pending = batch.get(i);
            if (entry.errorCode() == null) {
                done.addAll(pending.accepted(entry.eventId()));
            } else if (TRANSIENT.contains(entry.errorCode())) {
                again.add(pending);
                code = entry.errorCode();
                message = orEmpty(entry.errorMessage());
            } else if (pending.isPack()) {
                spoilt.add(pending);
            } else {
                done.addAll(pending.failed(entry.errorCode(), orEmpty(entry.errorMessage())));
            }
        }
        return new Answer(done, again, spoilt, code, message, false);
    }

    private static Answer refused(List<Pending> batch, AwsServiceException e) {
        String code = e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
                ? "HTTP " + e.statusCode()
                : e.awsErrorDetails().errorCode();
        if (e.statusCode() >= 500) {
            batch.forEach(Pending::unanswered);
        }
        if (e.isThrottlingException() || e.statusCode() >= 500 || TRANSIENT.contains(code)) {
            return new Answer(List.of(), batch, code, message(e), false);
        }
        // One bad event spoils the request for its neighbours, and its pack: each is tried by itself.
        boolean aboutContent = code.equals("ValidationException") || e.statusCode() == 413;
        if (aboutContent && batch.size() > 1) {
            return new Answer(List.of(), batch, code, message(e), true);
        }
        return aboutContent && batch.get(0).isPack()
                ? new Answer(List.of(), List.of(), batch, code, message(e), false)
                : finished(failed(batch, code, message(e)));
    }

    private static Answer unanswered(List<Pending> batch, SdkClientException e) {
        batch.forEach(Pending::unanswered);
        return new Answer(List.of(), batch, "ConnectionLost", message(e), false);
    }

    private static Answer finished(List<PublishResult> done) {
        return new Answer(done, List.of(), "", "", false);
    }

    private static List<PublishResult> failed(List<Pending> batch, String code, String message) {
        return batch.stream()
                .flatMap(pending -> pending.failed(code, message).stream())
                .toList();
    }

    private static String message(SdkException e) {
        return e instanceof AwsServiceException service
                        && service.awsErrorDetails() != null
                        && service.awsErrorDetails().errorMessage() != null
                ? service.awsErrorDetails().errorMessage()
                : orEmpty(e.getMessage());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** What a request did: events done, entries to send again, and whether each of those should go by itself. */
    private record Answer(
            List<PublishResult> done,
            List<Pending> again,
            List<Pending> spoilt,
            String code,
            String message,
            boolean splittable) {
        /** An answer about all entries alike. */
        Answer(List<PublishResult> done, List<Pending> again, String code, String message, boolean splittable) {
            this(done, again, List.of(), code, message, splittable);
        }
    }
}
