package io.marketpipeline.maven.operate;

import io.marketpipeline.audit.AuditAnswer;
import io.marketpipeline.audit.AuditChain;
import io.marketpipeline.audit.AuditDetails;
import io.marketpipeline.audit.AuditRecord;
import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.audit.AuditTrail;
import io.marketpipeline.audit.ChainHead;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.store.AuditTrailReader;
import io.marketpipeline.store.ReadFailedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the audit records of events that never came to the function, or of which it left none, as it timed out or ran out of
 * memory: nobody else can. One record per event and letter, however often it is looked at, since its key is the letter's own
 * time. Thread-safe.
 */
final class UndeliveredRecords {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PATIENCE_A_RECORD = Duration.ofMillis(100);

    private final AuditChain chain = new AuditChain();
    private final AuditTrail trail;
    private final FunctionRecords byFunction;
    private final PipelineConfig config;
    private final String writer;
    private final InstantSource clock;

    /**
     * Records of a run.
     *
     * @param trail of the environment
     * @param reader of the same
     * @param writer goal that writes them, such as {@code redrive}
     */
    UndeliveredRecords(AuditTrail trail, AuditTrailReader reader, PipelineConfig config, String writer) {
        this(trail, reader, config, writer, InstantSource.system());
    }

    UndeliveredRecords(
            AuditTrail trail, AuditTrailReader reader, PipelineConfig config, String writer, InstantSource clock) {
        this.trail = chain.over(trail);
        this.byFunction = new FunctionRecords(reader);
        this.config = config;
        this.writer = writer;
        this.clock = clock;
    }

    /** Writes the records of those of a letter's events that need one; empty if they are there, else why not. */
    Optional<String> write(DeadLetter letter, List<LetterEvents.Identified> events) {
        List<Boolean> recorded;
        try {
            recorded = byFunction.of(letter, events);
        } catch (ReadFailedException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        Instant now = clock.instant();
        List<AuditRecord> records = new ArrayList<>(0);
        for (int place = 0; place < events.size(); place++) {
            if (!recorded.get(place)) {
                records.add(record(letter, events.get(place), now, place));
            }
        }
        return records.isEmpty() ? Optional.empty() : append(records);
    }

    /** One letter at a time, as the chain takes no more: whoever waits for another's records has all of the time still. */
    private synchronized Optional<String> append(List<AuditRecord> records) {
        Instant deadline = clock.instant().plus(PATIENCE).plus(PATIENCE_A_RECORD.multipliedBy(records.size()));
        return trail.record(records, deadline).stream()
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
