package io.marketpipeline.maven.story;

import io.marketpipeline.maven.config.TtlConfig;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.ItemHash;
import io.marketpipeline.schema.MarketDataTable;
import io.marketpipeline.store.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Where a version's row is.
 *
 * @param since when it expired, or expires; empty where it doesn't, or that isn't known
 * @param asRecorded whether the row is the one that its success record has the hash of; empty where that can't be said
 */
record RowState(Where where, Optional<Instant> since, Optional<Boolean> asRecorded) {
    /** What can be said of a row. */
    enum Where {
        STORED("stored"),
        /** It is there still, but readers leave it out. */
        EXPIRED("expired"),
        /** DynamoDB has deleted it. */
        EXPIRED_AND_GONE("expired_and_gone"),
        /** There was one, by its record, and it can't have expired. */
        MISSING("missing"),
        NEVER_STORED("never_stored");

        private final String word;

        Where(String word) {
            this.word = word;
        }

        /** As JSON has it. */
        String word() {
            return word;
        }
    }

    /**
     * The state of a row.
     *
     * @param row null where there is none
     * @param success the record of its storing; null where there is none
     */
    static RowState of(@Nullable StoredEvent row, @Nullable Attempt success, TtlConfig ttl, Instant now) {
        if (row != null) {
            Optional<Instant> expires = row.expiresAt();
            boolean expired = expires.filter(at -> !at.isAfter(now)).isPresent();
            return new RowState(expired ? Where.EXPIRED : Where.STORED, expires, asRecorded(row, success));
        }
        if (success == null) {
            return new RowState(Where.NEVER_STORED, Optional.empty(), Optional.empty());
        }
        Optional<Instant> expiry = expiry(success, ttl);
        boolean expired = expiry.filter(at -> !at.isAfter(now)).isPresent();
        return new RowState(expired ? Where.EXPIRED_AND_GONE : Where.MISSING, expiry, Optional.empty());
    }

    private static Optional<Boolean> asRecorded(StoredEvent row, @Nullable Attempt success) {
        return Optional.ofNullable(success)
                .flatMap(record -> record.record().text(AuditTrailTable.ROW_SHA256))
                .map(hash -> hash.equals(ItemHash.sha256(row.attributes())));
    }

    /**
     * By the pom's {@code <ttl>}, as the function reckons: from receipt, by the first rule that matches. A record that was made
     * up for later knows the time of the storing only.
     */
    private static Optional<Instant> expiry(Attempt success, TtlConfig ttl) {
        Optional<String> detailType = success.record().eventType();
        Optional<String> exchange = success.detail(MarketDataTable.EXCHANGE);
        OptionalInt days = ttl.rules().stream()
                .filter(rule -> rule.detailType().isEmpty() || rule.detailType().equals(detailType))
                .filter(rule -> rule.exchange().isEmpty() || rule.exchange().equals(exchange))
                .map(TtlConfig.Rule::days)
                .findFirst()
                .orElse(ttl.days());
        Instant received = success.receivedAt().orElse(success.at());
        Instant since = success.millis(Attempt.FIRST_STORED_AT_MS)
                .filter(received::isAfter)
                .orElse(received);
        return days.isPresent() ? Optional.of(since.plus(Duration.ofDays(days.getAsInt()))) : Optional.empty();
    }
}
