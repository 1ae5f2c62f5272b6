package io.marketpipeline.maven.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.marketpipeline.maven.reconcile.Finding.Kind;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.ItemHash;
import io.marketpipeline.schema.MarketDataTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Holds each row against its success record. First all success records of the time range are taken in, then all rows;
 * records that are left have lost their row. Not thread-safe.
 */
final class RowCheck {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String FIRST_STORED_AT_MS = "first_stored_at_ms";

    private final TimeRange range;
    private final Instant now;
    private final OptionalInt shortestTtlDays;
    private final OptionalInt auditDays;
    private final RawDataCheck rawData;
    private final Map<Key, Success> successes = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private long rows;
    private long inherited;
    private long storedAgain;

    /** Key of a row. */
    private record Key(String eventId, long timestamp) {
        @Override
        public String toString() {
            return eventId + " at " + timestamp;
        }
    }

    /**
     * What a success record says of its row.
     *
     * @param storedAt since when the row lives, at the latest: mostly {@code createdAt}
     */
    private record Success(@Nullable Sha256 row, @Nullable Sha256 raw, long createdAt, long storedAt) {}

    /**
     * A check.
     *
     * @param shortestTtlDays how long every row lives at least; empty for ever
     * @param auditDays how long records live; empty for ever
     */
    RowCheck(TimeRange range, OptionalInt shortestTtlDays, OptionalInt auditDays, RawDataCheck rawData, Instant now) {
        this.range = range;
        this.now = now;
        this.auditDays = auditDays;
        this.shortestTtlDays = shortestTtlDays;
        this.rawData = rawData;
    }

    /** Whether the row of a success record, inside the range or not, may have expired. */
    boolean mayHaveExpired(Map<String, Object> record) {
        return isOlder(storedAt(record), shortestTtlDays, now);
    }

    void success(Map<String, Object> record) {
        if (!(record.get(AuditTrailTable.EVENT_ID) instanceof String eventId)
                || !range.contains(ItemNumber.of(record, AuditTrailTable.TIMESTAMP))) {
            return;
        }
        successes.put(
                new Key(eventId, ItemNumber.of(record, AuditTrailTable.TIMESTAMP)),
                new Success(
                        Sha256.ofAttribute(record.get(AuditTrailTable.ROW_SHA256)),
                        Sha256.ofAttribute(record.get(AuditTrailTable.RAW_SHA256)),
                        ItemNumber.seconds(record, AuditTrailTable.CREATED_AT),
                        storedAt(record)));
    }

    /** When the row of a record was stored, in seconds: a record that was made up for says it, being younger than the row. */
    private static long storedAt(Map<String, Object> record) {
        long createdAt = ItemNumber.seconds(record, AuditTrailTable.CREATED_AT);
        if (!(record.get(AuditTrailTable.DETAILS) instanceof String details) || !details.contains(FIRST_STORED_AT_MS)) {
            return createdAt;
        }
        try {
            JsonNode first = JSON.readTree(details).path(FIRST_STORED_AT_MS);
            return first.isNumber() ? Math.min(createdAt, ItemNumber.seconds(first.asLong() / 1000)) : createdAt;
        } catch (JsonProcessingException e) {
            return createdAt;
        }
    }

    void row(Map<String, Object> row) {
        Key key = new Key(
                String.valueOf(row.get(MarketDataTable.EVENT_ID)), ItemNumber.of(row, MarketDataTable.TIMESTAMP));
        if (!range.contains(key.timestamp)) {
            return;
        }
        rows++;
        Success success = successes.remove(key);
        if (success != null) {
            compare(key, row, success);
        } else if (!row.containsKey(MarketDataTable.RAW_SHA256)) {
            inherited++;
        } else if (!isOlder(
                ItemNumber.seconds(ItemNumber.of(row, MarketDataTable.STORED_AT_MS) / 1000), auditDays, now)) {
            findings.add(new Finding(
                    Kind.ROW_UNAUDITED,
                    key.toString(),
                    "it has no SUCCESS record; if the function is still at work, look again in a moment"));
        }
    }

    private void compare(Key key, Map<String, Object> row, Success success) {
        Sha256 rawSha256 = Sha256.ofAttribute(row.get(MarketDataTable.RAW_SHA256));
        if (row.get(MarketDataTable.RAW_DATA) instanceof String raw
                && !Sha256.ofText(raw).equals(rawSha256)) {
            altered(key, "its " + MarketDataTable.RAW_DATA + " doesn't have the hash in " + MarketDataTable.RAW_SHA256);
        } else if (success.raw != null && !success.raw.equals(rawSha256)) {
            altered(key, "its " + MarketDataTable.RAW_SHA256 + " isn't that of its SUCCESS record");
        } else if (success.row != null && !success.row.equals(Sha256.of(ItemHash.sha256(row)))) {
            differs(key, row, success);
        }
    }

    /**
     * A row that isn't the one that its record was written for. Where it says that it was stored after the record, it may be
     * the event's second row, which the function stores when the first has gone; its content is then what its raw data
     * says, which has the record's hash.
     */
    private void differs(Key key, Map<String, Object> row, Success success) {
        long storedAt = ItemNumber.seconds(ItemNumber.of(row, MarketDataTable.STORED_AT_MS) / 1000);
        if (storedAt <= success.createdAt) {
            altered(key, "its attributes aren't those whose hash its SUCCESS record has");
            return;
        }
        String wrong = rawData.difference(row);
        if (wrong != null) {
            altered(key, "its " + wrong + " isn't that of its " + MarketDataTable.RAW_DATA);
        } else if (isOlder(success.storedAt, shortestTtlDays, Instant.ofEpochSecond(storedAt))) {
            storedAgain++;
        } else {
            findings.add(new Finding(
                    Kind.ROW_STORED_AGAIN,
                    key.toString(),
                    "it was stored at " + Instant.ofEpochSecond(storedAt) + ", though its SUCCESS record is of "
                            + Instant.ofEpochSecond(success.createdAt)
                            + ": the first row was gone before it can have expired by <ttl>"));
        }
    }

    private void altered(Key key, String what) {
        findings.add(new Finding(Kind.ROW_ALTERED, key.toString(), what));
    }

    /** To be called when all rows have been taken in. */
    void finish() {
        successes.forEach((key, success) -> {
            if (!isOlder(success.storedAt, shortestTtlDays, now)) {
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

    /** Rows of events whose first row had expired. */
    long storedAgain() {
        return storedAgain;
    }

    List<Finding> findings() {
        return findings;
    }

    private static boolean isOlder(long seconds, OptionalInt days, Instant than) {
        return days.isPresent()
                && !Instant.ofEpochSecond(seconds)
                        .plus(Duration.ofDays(days.getAsInt()))
                        .isAfter(than);
    }
}
