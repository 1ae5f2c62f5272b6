package io.marketpipeline.maven.operate;

import io.marketpipeline.audit.AuditAnswer;
import io.marketpipeline.audit.AuditChain;
import io.marketpipeline.audit.AuditDetails;
import io.marketpipeline.audit.AuditRecord;
import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.audit.AuditTrail;
import io.marketpipeline.audit.ChainHead;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.store.AuditEntry;
import io.marketpipeline.store.AuditTrailQuery;
import io.marketpipeline.store.AuditTrailReader;
import io.marketpipeline.store.PageRequest;
import io.marketpipeline.store.ReadFailedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the audit records of events that never came to the function, or of which it left none, as it timed out or ran out of
 * memory: nobody else can. One record per event and letter, however often it is looked at, since its key is the letter's own
 * time. Where the sender doesn't say which it was, the audit trail does: that costs a read an event of the letter where the
 * function recorded an error, four where it recorded nothing. Thread-safe.
 */
final class UndeliveredRecords {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration CLOCKS_APART = Duration.ofSeconds(5);
    private static final int RECORDS_A_PAGE = 100;

    /** What the function writes; the likeliest of a letter first. */
    private static final List<AuditStatus> BY_THE_FUNCTION =
            List.of(AuditStatus.ERROR, AuditStatus.SUCCESS, AuditStatus.DUPLICATE, AuditStatus.REJECTED);

    private final AuditChain chain = new AuditChain();
    private final AuditTrail trail;
    private final AuditTrailReader reader;
    private final PipelineConfig config;
    private final String writer;

    /**
     * Records of a run.
     *
     * @param trail of the environment
     * @param reader of the same
     * @param writer goal that writes them, such as {@code redrive}
     */
    UndeliveredRecords(AuditTrail trail, AuditTrailReader reader, PipelineConfig config, String writer) {
        this.trail = chain.over(trail);
        this.reader = reader;
        this.config = config;
        this.writer = writer;
    }

    /** Writes the records of those of a letter's events that need one; empty if they are there, else why not. */
    Optional<String> write(DeadLetter letter, List<LetterEvents.Identified> events) {
        List<AuditRecord> records = new ArrayList<>(0);
        Instant now = Instant.now();
        try {
            for (int place = 0; place < events.size(); place++) {
                if (!reached(letter, events.get(place))) {
                    records.add(record(letter, events.get(place), now, place));
                }
            }
        } catch (ReadFailedException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        return records.isEmpty() ? Optional.empty() : append(records, now);
    }

    private boolean reached(DeadLetter letter, LetterEvents.Identified event) {
        return switch (letter.reached()) {
            case YES -> true;
            case NO -> false;
            case UNKNOWN -> BY_THE_FUNCTION.stream().anyMatch(status -> isRecorded(event, status, letter));
        };
    }

    /** Whether the function has written a record of this delivery; others may be of another one. */
    private boolean isRecorded(LetterEvents.Identified event, AuditStatus status, DeadLetter letter) {
        AuditTrailQuery query = AuditTrailQuery.byEventId(event.eventId()).ofStatuses(Set.of(status.name()));
        PageRequest first =
                PageRequest.builder().limit(RECORDS_A_PAGE).newestFirst(true).build();
        return Listing.upTo(first, page -> reader.read(query, page)).rows().stream()
                .anyMatch(record -> isOf(letter, record));
    }

    /** By Lambda's id of the invocation; a queue names none, but gives the time at which the event came, before all receives. */
    private static boolean isOf(DeadLetter letter, AuditEntry record) {
        if (letter.sender() == DeadLetter.Sender.LAMBDA) {
            return letter.invocation().isEmpty() || letter.invocation().equals(record.text(AuditTrailTable.REQUEST_ID));
        }
        Instant earliest = letter.firstSeen().minus(CLOCKS_APART);
        return !record.createdAt().orElse(Instant.MAX).isBefore(earliest);
    }

    private Optional<String> append(List<AuditRecord> records, Instant now) {
        return trail.record(records, now.plus(PATIENCE)).stream()
                .filter(AuditAnswer.Failed.class::isInstance)
                .map(answer -> ((AuditAnswer.Failed) answer).message())
                .findFirst();
    }

    /** The head of the run's own chain; empty if it wrote no record. */
    Optional<ChainHead> head() {
        return chain.nextHead();
    }

    private AuditRecord record(DeadLetter letter, LetterEvents.Identified event, Instant now, int place) {
        String details = new AuditDetails()
                .put("reason", letter.reason())
                .put("error", letter.message())
                .put("sender", letter.sender().label())
                .put("rule", letter.rule().orElse(null))
                .put("retry_attempts", letter.attempts().orElse(null))
                .put("receives", letter.sender() == DeadLetter.Sender.QUEUE ? (Long) (long) letter.receives() : null)
                .put("dead_lettered_at", letter.firstSeen().toString())
                .put("message_id", letter.messageId())
                .put("event_time_ms", event.timestamp())
                .put("written_by", writer)
                .toJson();
        return AuditRecord.builder(AuditStatus.UNDELIVERED, event.eventId())
                .eventType(event.detailType())
                .timestampMillis(letter.firstSeen().toEpochMilli())
                .details(details)
                .environment(config.environment())
                .createdAtSeconds(now.getEpochSecond())
                .requestId("dead-letter " + letter.messageId() + (place == 0 ? "" : "#" + place))
                .rawSha256(event.sha256())
                .expirationSeconds(expiration(now))
                .build();
    }

    private @Nullable Long expiration(Instant now) {
        return config.audit().retentionDays().isPresent()
                ? (Long) now.plus(Duration.ofDays(config.audit().retentionDays().getAsInt()))
                        .getEpochSecond()
                : null;
    }
}
