package io.marketpipeline.publish;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** A bus in memory that fails as scripted: by request, or by entry and attempt. */
final class FakeEventBridge implements EventBridgeClient {
    final List<PutEventsRequest> requests = new ArrayList<>();
    final List<String> accepted = new ArrayList<>();
    private final Map<String, Integer> tries = new HashMap<>();
    private Function<PutEventsRequest, RuntimeException> requestFailure = request -> null;
    private Function<Try, String> entryFailure = attempt -> null;
    private CountDownLatch gate = new CountDownLatch(0);

    /** An attempt at an entry, from 1. */
    record Try(String detail, int attempt) {}

    FakeEventBridge failingRequests(Function<PutEventsRequest, RuntimeException> failure) {
        this.requestFailure = failure;
        return this;
    }

    /** The function gives an error code, or null. */
    FakeEventBridge failingEntries(Function<Try, String> failure) {
        this.entryFailure = failure;
        return this;
    }

    FakeEventBridge closedBy(CountDownLatch gate) {
        this.gate = gate;
        return this;
    }

    @Override
    public PutEventsResponse putEvents(PutEventsRequest request) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw software.amazon.awssdk.core.exception.AbortedException.create("aborted", e);
        }
        synchronized (this) {
            requests.add(request);
            RuntimeException failure = requestFailure.apply(request);
            if (failure != null) {
                throw failure;
            }
            return PutEventsResponse.builder()
                    .entries(request.entries().stream().map(this::answer).toList())
                    .build();
        }
    }

    private PutEventsResultEntry answer(PutEventsRequestEntry entry) {
        int attempt = tries.merge(entry.detail(), 1, Integer::sum);
        String code = entryFailure.apply(new Try(entry.detail(), attempt));
        if (code != null) {
            return PutEventsResultEntry.builder()
                    .errorCode(code)
                    .errorMessage("scripted")
                    .build();
        }
        accepted.add(entry.detail());
        return PutEventsResultEntry.builder()
                .eventId("entry-" + accepted.size())
                .build();
    }

    @Override
    public String serviceName() {
        return "events";
    }

    @Override
    public void close() {}
}
