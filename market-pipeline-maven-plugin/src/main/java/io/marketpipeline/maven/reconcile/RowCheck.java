package io.marketpipeline.maven.reconcile;

import io.marketpipeline.maven.config.AuditConfig;
import io.marketpipeline.maven.config.TtlConfig;
import io.marketpipeline.maven.reconcile.Finding.Kind;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.ItemHash;
import io.marketpipeline.schema.MarketDataTable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Holds each row against its success record. First all success records of the time range are taken in, then all rows;
 * records that are left have lost their row. Not thread-safe.
 */
final class RowCheck {
    private final TimeRange range;
    private final Instant now;
    private final OptionalInt shortestTtlDays;
    private final OptionalInt auditDays;
    private final Map<Key, Success> successes = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private long rows;
    private long inherited;

    /** Key of a row. */
    private record Key(String eventId, long timestamp) {
        @Override
        public String toString() {
            return eventId + " at " + timestamp;
        }
    }

    /** What a success record says of its row. */
    private record Success(@Nullable String rowSha256, @Nullable String rawSha256, long createdAt) {}

    RowCheck(TimeRange range, TtlConfig ttl, AuditConfig audit, Instant now) {
        this.range = range;
        this.now = now;
        this.auditDays = audit.retentionDays();
        this.shortestTtlDays = java.util.stream.IntStream.concat(
                        ttl.days().stream(), ttl.rules().stream().flatMapToInt(rule -> rule.days().stream()))
                .min();
    }

    void success(Map<String, Object> record) {
        if (!(record.get(AuditTrailTable.EVENT_ID) instanceof String eventId)
                || !range.contains(number(record, AuditTrailTable.TIMESTAMP))) {
            return;
        }
        successes.put(
                new Key(eventId, number(record, AuditTrailTable.TIMESTAMP)),
                new Success(
                        text(record, AuditTrailTable.ROW_SHA256),
                        text(record, AuditTrailTable.RAW_SHA256),
                        number(record, AuditTrailTable.CREATED_AT)));
    }

    void row(Map<String, Object> row) {
        Key key = new Key(String.valueOf(row.get(MarketDataTable.EVENT_ID)), number(row, MarketDataTable.TIMESTAMP));
        if (!range.contains(key.timestamp)) {
            return;
        }
        rows++;
        Success success = successes.remove(key);
        if (success != null) {
            compare(key, row, success);
        } else if (!row.containsKey(MarketDataTable.RAW_SHA256)) {
            inherited++;
        } else if (!isOlder(number(row, MarketDataTable.STORED_AT_MS) / 1000, auditDays)) {
            findings.add(new Finding(
                    Kind.ROW_UNAUDITED,
                    key.toString(),
                    "it has no SUCCESS record; if the function is still at work, look again in a moment"));
        }
    }

    private void compare(Key key, Map<String, Object> row, Success success) {
        String raw = text(row, MarketDataTable.RAW_DATA);
        String rawSha256 = text(row, MarketDataTable.RAW_SHA256);
        String wrong = null;
        if (success.rowSha256 != null && !success.rowSha256.equals(ItemHash.sha256(row))) {
            wrong = "its attributes aren't those whose hash its SUCCESS record has";
        } else if (success.rawSha256 != null && !success.rawSha256.equals(rawSha256)) {
            wrong = "its " + MarketDataTable.RAW_SHA256 + " isn't that of its SUCCESS record";
        } else if (raw != null && !sha256(raw).equals(rawSha256)) {
            wrong = "its " + MarketDataTable.RAW_DATA + " doesn't have the hash in " + MarketDataTable.RAW_SHA256;
        }
        if (wrong != null) {
            findings.add(new Finding(Kind.ROW_ALTERED, key.toString(), wrong));
        }
    }

    /** To be called when all rows have been taken in; what became of events goes to {@code accepted}. */
    void finish(AcceptedEvents accepted) {
        successes.forEach((key, success) -> {
            if (isOlder(success.createdAt, shortestTtlDays)) {
                accepted.became(AcceptedEvents.Fate.EXPIRED, success.rawSha256);
            } else {
                findings.add(new Finding(
                        Kind.ROW_DELETED,
                        key.toString(),
                        "its SUCCESS record of " + Instant.ofEpochSecond(success.createdAt)
                                + " is there, the row isn't, and by <ttl> it can't have expired"));
            }
        });
    }

    long rows() {
        return rows;
    }

    /** Rows without a hash, as the Terraform original wrote them. */
    long inherited() {
        return inherited;
    }

    List<Finding> findings() {
        return findings;
    }

    private boolean isOlder(long seconds, OptionalInt days) {
        return days.isPresent()
                && !Instant.ofEpochSecond(seconds)
                        .plus(Duration.ofDays(days.getAsInt()))
                        .isAfter(now);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }

    private static @Nullable String text(Map<String, Object> item, String name) {
        return item.get(name) instanceof String text ? text : null;
    }

    private static long number(Map<String, Object> item, String name) {
        return item.get(name) instanceof BigDecimal number ? number.longValue() : 0;
    }
}
