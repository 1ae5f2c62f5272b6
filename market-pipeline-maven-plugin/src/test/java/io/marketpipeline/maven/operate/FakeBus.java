package io.marketpipeline.maven.operate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** A bus in memory; refuses the details that hold a given text. */
final class FakeBus implements EventBridgeClient {
    final List<PutEventsRequestEntry> accepted = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> refusals = new HashMap<>();

    FakeBus refusing(String text, String code) {
        refusals.put(text, code);
        return this;
    }

    @Override
    public PutEventsResponse putEvents(PutEventsRequest request) {
        return PutEventsResponse.builder()
                .entries(request.entries().stream().map(this::answer).toList())
                .build();
    }

    private PutEventsResultEntry answer(PutEventsRequestEntry entry) {
        for (Map.Entry<String, String> refusal : refusals.entrySet()) {
            if (entry.detail().contains(refusal.getKey())) {
                return PutEventsResultEntry.builder()
                        .errorCode(refusal.getValue())
                        .errorMessage("no")
                        .build();
            }
        }
        accepted.add(entry);
        return PutEventsResultEntry.builder().eventId("entry").build();
    }

    @Override
    public String serviceName() {
        return "events";
    }

    @Override
    public void close() {}
}
