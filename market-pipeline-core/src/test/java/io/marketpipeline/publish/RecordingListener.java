package io.marketpipeline.publish;

import java.util.ArrayList;
import java.util.List;

/** Keeps what it hears. Read it after the publisher is closed. */
final class RecordingListener implements PublishListener {
    final List<PublishResult> results = new ArrayList<>();
    final List<String> retries = new ArrayList<>();
    final List<Integer> large = new ArrayList<>();

    @Override
    public void onResults(List<PublishResult> batch) {
        results.addAll(batch);
    }

    @Override
    public void onRetry(int events, String code) {
        retries.add(events + " " + code);
    }

    @Override
    public void onLargeEntry(OutgoingEvent event, int bytes) {
        large.add(bytes);
    }

    <T extends PublishResult> List<T> of(Class<T> type) {
        return results.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
