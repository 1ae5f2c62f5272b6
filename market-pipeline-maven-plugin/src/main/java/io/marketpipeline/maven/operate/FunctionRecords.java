package io.marketpipeline.maven.operate;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.puts.ParallelCalls;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.store.AuditEntry;
import io.marketpipeline.store.AuditTrailQuery;
import io.marketpipeline.store.AuditTrailReader;
import io.marketpipeline.store.PageRequest;
import io.marketpipeline.store.ReadFailedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whether the function left a record of a dead letter's events. Where the sender doesn't say that they never came, the audit
 * trail tells: that costs a read an event where the function recorded an error, four where it recorded nothing, many at a
 * time, since a pack may have 2,000 events. Thread-safe.
 */
final class FunctionRecords {
    private static final int READS_AT_ONCE = 32;
    private static final Duration CLOCKS_APART = Duration.ofSeconds(5);
    private static final int RECORDS_A_PAGE = 100;

    /** What the function writes; the likeliest of a letter first. */
    private static final List<AuditStatus> BY_THE_FUNCTION =
            List.of(AuditStatus.ERROR, AuditStatus.SUCCESS, AuditStatus.DUPLICATE, AuditStatus.REJECTED);

    private final AuditTrailReader reader;
    private final ParallelCalls reads = new ParallelCalls(READS_AT_ONCE);

    FunctionRecords(AuditTrailReader reader) {
        this.reader = reader;
    }

    /**
     * Whether each of a letter's events has a record, in their order.
     *
     * @throws ReadFailedException if the trail can't be read; no further read is begun then
     */
    List<Boolean> of(DeadLetter letter, List<LetterEvents.Identified> events) {
        return switch (letter.reached()) {
            case YES -> Collections.nCopies(events.size(), true);
            case NO -> Collections.nCopies(events.size(), false);
            case UNKNOWN -> read(letter, events);
        };
    }

    private List<Boolean> read(DeadLetter letter, List<LetterEvents.Identified> events) {
        AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
        List<Boolean> recorded = reads.map(events, event -> {
            try {
                return failure.get() == null
                        && BY_THE_FUNCTION.stream().anyMatch(status -> isRecorded(letter, event, status));
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
                return false;
            }
        });
        RuntimeException first = failure.get();
        if (first != null) {
            throw first;
        }
        return recorded;
    }

    /** Whether there is a record of this delivery; others may be of another one. */
    private boolean isRecorded(DeadLetter letter, LetterEvents.Identified event, AuditStatus status) {
        AuditTrailQuery query = AuditTrailQuery.byEventId(event.eventId()).ofStatuses(Set.of(status.name()));
        PageRequest first =
                PageRequest.builder().limit(RECORDS_A_PAGE).newestFirst(true).build();
        return Listing.upTo(first, page -> reader.read(query, page)).rows().stream()
                .anyMatch(record -> isRefusalOf(event, record) || isOf(letter, record));
    }

    /** There is one for each content: who refuses it again finds the first one's, with that one's request and time. */
    private static boolean isRefusalOf(LetterEvents.Identified event, AuditEntry record) {
        return record.status().equals(AuditStatus.REJECTED.name())
                && record.text(AuditTrailTable.RAW_SHA256)
                        .filter(event.sha256()::equals)
                        .isPresent();
    }

    /** By Lambda's id of the invocation; a queue names none, but gives the time at which the event came, before all receives. */
    private static boolean isOf(DeadLetter letter, AuditEntry record) {
        if (letter.sender() == DeadLetter.Sender.LAMBDA) {
            return letter.invocation().isEmpty()
                    || letter.invocation().equals(record.text(AuditTrailTable.REQUEST_ID))
                    || letter.invocation().equals(storedBy(record));
        }
        Instant earliest = letter.firstSeen().minus(CLOCKS_APART);
        return !record.createdAt().orElse(Instant.MAX).isBefore(earliest);
    }

    /** Request that stored the row, where another one found it without its record and wrote that in its place. */
    private static Optional<String> storedBy(AuditEntry record) {
        if (!record.status().equals(AuditStatus.SUCCESS.name())) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JsonRows.tree(record.details().orElse("{}"))
                    .path("first_request_id")
                    .textValue());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
