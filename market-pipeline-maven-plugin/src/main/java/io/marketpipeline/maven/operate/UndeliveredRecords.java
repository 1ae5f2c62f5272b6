package io.marketpipeline.maven.operate;

import io.marketpipeline.audit.AuditAnswer;
import io.marketpipeline.audit.AuditChain;
import io.marketpipeline.audit.AuditDetails;
import io.marketpipeline.audit.AuditRecord;
import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.audit.AuditTrail;
import io.marketpipeline.audit.ChainHead;
import io.marketpipeline.maven.config.PipelineConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the audit records of events that never came to the function: nobody else can. One record per event and letter,
 * however often it is looked at, since its key is the letter's own time. Thread-safe.
 */
final class UndeliveredRecords {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AuditChain chain = new AuditChain();
    private final AuditTrail trail;
    private final PipelineConfig config;
    private final String writer;

    /**
     * Records of a run.
     *
     * @param trail of the environment
     * @param writer goal that writes them, such as {@code redrive}
     */
    UndeliveredRecords(AuditTrail trail, PipelineConfig config, String writer) {
        this.trail = chain.over(trail);
        this.config = config;
        this.writer = writer;
    }

    /** Writes the records of a letter's events; empty if they are there, else why not. */
    Optional<String> write(DeadLetter letter, List<LetterEvents.Identified> events) {
        List<AuditRecord> records = new ArrayList<>(events.size());
        Instant now = Instant.now();
        for (LetterEvents.Identified event : events) {
            records.add(record(letter, event, now, records.size()));
        }
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
