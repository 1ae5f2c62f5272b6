package io.marketpipeline.maven.story;

import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.schema.MarketDataTable;
import io.marketpipeline.store.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Everything of one event time: an event that comes again with another is another row.
 *
 * @param eventTime ms; empty for what says none
 * @param row as it is in the table, expired or not
 * @param attempts in the order of their time
 * @param shortestTtlDays how long every row lives at least; empty for ever
 */
record Version(
        OptionalLong eventTime,
        Optional<StoredEvent> row,
        RowState state,
        List<Published> published,
        List<Attempt> attempts,
        List<WaitingLetter> letters,
        OptionalInt shortestTtlDays) {
    Version {
        published = List.copyOf(published);
        attempts = List.copyOf(attempts);
        letters = List.copyOf(letters);
    }

    /**
     * The record of the row's storing: the first that isn't older than the row. An event that came again after its row had
     * expired has several.
     *
     * @param attempts in the order of their time
     */
    static Optional<Attempt> success(List<Attempt> attempts, Optional<StoredEvent> row) {
        List<Attempt> successes = attempts.stream()
                .filter(attempt -> attempt.is(AuditStatus.SUCCESS))
                .toList();
        Instant stored = row.flatMap(StoredEvent::storedAt).orElse(Instant.MAX).truncatedTo(ChronoUnit.SECONDS);
        return successes.stream()
                .filter(success -> !success.at().isBefore(stored))
                .findFirst()
                .or(() -> successes.stream().reduce((earlier, later) -> later));
    }

    /**
     * Whether a success is surely of a further row: another was stored so long before it that its time was over. Else two records
     * of unlike rows may as well be of one row that somebody altered.
     */
    boolean isStoredAgain(Attempt success) {
        return shortestTtlDays.isPresent()
                && attempts.stream()
                        .filter(attempt -> attempt.is(AuditStatus.SUCCESS))
                        .map(earlier -> earlier.storedAt().plus(Duration.ofDays(shortestTtlDays.getAsInt())))
                        .anyMatch(over -> !over.isAfter(success.storedAt()));
    }

    Optional<String> detailType() {
        return row.flatMap(StoredEvent::detailType)
                .or(() -> attempts.stream()
                        .flatMap(attempt -> attempt.record().eventType().stream())
                        .findFirst())
                .or(() -> letters.stream()
                        .map(letter -> letter.event().detailType())
                        .findFirst());
    }

    /** Who published it, as the bus says; one, if all is well. */
    List<String> sources() {
        return Stream.of(
                        row.flatMap(stored -> stored.text(MarketDataTable.SOURCE)).stream(),
                        attempts.stream().flatMap(attempt -> attempt.detail("source").stream()),
                        letters.stream()
                                .flatMap(letter -> Stream.ofNullable(
                                        letter.event().envelope().source())))
                .flatMap(some -> some)
                .distinct()
                .toList();
    }

    /** AWS accounts that it was published in. */
    List<String> accounts() {
        return Stream.concat(
                        attempts.stream().flatMap(attempt -> attempt.detail("account").stream()),
                        letters.stream()
                                .flatMap(letter -> Stream.ofNullable(
                                        letter.event().envelope().account())))
                .distinct()
                .toList();
    }

    /** SHA-256 of each content that came under this identity and time; one, if all is well. */
    Set<String> hashes() {
        Set<String> hashes = new TreeSet<>();
        Stream.of(
                        row.flatMap(StoredEvent::rawSha256).stream(),
                        attempts.stream().flatMap(attempt -> attempt.rawSha256().stream()),
                        letters.stream().map(letter -> letter.event().sha256()))
                .flatMap(some -> some)
                .forEach(hashes::add);
        return hashes;
    }
}
