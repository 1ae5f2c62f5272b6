package io.marketpipeline.maven.story;

import io.marketpipeline.maven.config.TtlConfig;
import io.marketpipeline.store.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sorts what was found of an event by event time. What doesn't name its time belongs to the version that has its content, or
 * to the only version that there is. Not thread-safe.
 */
final class Gathering {
    /** For what belongs to no known time. */
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final Map<Long, Parts> byTime = new TreeMap<>();

    /** What a version is made of. */
    private static final class Parts {
        Optional<StoredEvent> row = Optional.empty();
        final List<Published> published = new ArrayList<>();
        final List<Attempt> attempts = new ArrayList<>();
        final List<WaitingLetter> letters = new ArrayList<>();

        Set<String> hashes() {
            Set<String> hashes = new HashSet<>();
            row.flatMap(StoredEvent::rawSha256).ifPresent(hashes::add);
            attempts.forEach(attempt -> attempt.rawSha256().ifPresent(hashes::add));
            letters.forEach(letter -> hashes.add(letter.event().sha256()));
            return hashes;
        }
    }

    Gathering(List<StoredEvent> rows, List<Attempt> attempts, List<WaitingLetter> letters) {
        rows.forEach(row -> at(row.eventTime().toEpochMilli()).row = Optional.of(row));
        letters.forEach(letter -> at(letter.event().timestamp()).letters.add(letter));
        List<Attempt> timeless = new ArrayList<>();
        for (Attempt attempt : attempts) {
            OptionalLong time = attempt.eventTime();
            if (time.isPresent()) {
                at(time.getAsLong()).attempts.add(attempt);
            } else {
                timeless.add(attempt);
            }
        }
        timeless.forEach(
                attempt -> place(attempt.rawSha256().orElse("")).attempts.add(attempt));
    }

    /** Contents that were seen. */
    Set<String> hashes() {
        Set<String> hashes = new HashSet<>();
        byTime.values().forEach(parts -> hashes.addAll(parts.hashes()));
        return hashes;
    }

    List<Version> versions(List<Published> published, TtlConfig ttl, Instant now) {
        published.forEach(event -> place(event.sha256()).published.add(event));
        List<Version> versions = new ArrayList<>();
        byTime.forEach((time, parts) -> {
            parts.attempts.sort(Comparator.comparing(Attempt::at));
            versions.add(new Version(
                    time == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(time),
                    parts.row,
                    RowState.of(
                            parts.row.orElse(null),
                            Version.success(parts.attempts, parts.row).orElse(null),
                            ttl,
                            now),
                    parts.published,
                    parts.attempts,
                    parts.letters,
                    ttl.shortestDays()));
        });
        return versions;
    }

    private Parts place(String sha256) {
        return byTime.values().stream()
                .filter(parts -> parts.hashes().contains(sha256))
                .findFirst()
                .orElseGet(() -> byTime.size() == 1 ? byTime.values().iterator().next() : at(UNKNOWN));
    }

    private Parts at(long time) {
        return byTime.computeIfAbsent(time, key -> new Parts());
    }
}
