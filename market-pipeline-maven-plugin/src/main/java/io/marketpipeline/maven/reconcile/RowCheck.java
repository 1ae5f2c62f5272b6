package io.marketpipeline.maven.reconcile;

import io.marketpipeline.maven.reconcile.Finding.Kind;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.ItemHash;
import io.marketpipeline.schema.MarketDataTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Holds each row against its success records. First all success records of the time range are taken in, then all rows;
 * records that are left have lost their row. Not thread-safe.
 *
 * <p>An event has several success records where it came again after its row had expired. Which of them is where says nothing:
 * the event's time is free again once the first row's record has expired. Each is judged by its times alone.
 */
final class RowCheck {
    private static final Comparator<Success> BY_STORING = Comparator.comparingLong(Success::storedAt);

    private final TimeRange range;
    private final Instant now;
    private final OptionalInt shortestTtlDays;
    private final OptionalInt auditDays;
    private final RawDataCheck rawData;
    private final Map<Key, List<Success>> successes = new HashMap<>();
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

    /** A row, and since when it lives, as it says, in seconds. */
    private record Row(Key key, Map<String, Object> attributes, long storedAt) {
        static Row of(Key key, Map<String, Object> attributes) {
            return new Row(
                    key,
                    attributes,
                    ItemNumber.seconds(ItemNumber.of(attributes, MarketDataTable.STORED_AT_MS) / 1000));
        }
    }

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
        return isOlder(Success.storedAt(record), shortestTtlDays, now);
    }

    void success(Map<String, Object> record) {
        if (!(record.get(AuditTrailTable.EVENT_ID) instanceof String eventId)) {
            return;
        }
        Key key = new Key(eventId, Success.eventTime(record));
        if (range.contains(key.timestamp)) {
            successes.merge(key, List.of(Success.of(record)), RowCheck::both);
        }
    }

    /** Nearly all rows have one record, which a list of one holds in the least memory. */
    private static List<Success> both(List<Success> some, List<Success> others) {
        List<Success> both = new ArrayList<>(some);
        both.addAll(others);
        return both;
    }

    void row(Map<String, Object> attributes) {
        Key key = new Key(
                String.valueOf(attributes.get(MarketDataTable.EVENT_ID)),
                ItemNumber.of(attributes, MarketDataTable.TIMESTAMP));
        if (!range.contains(key.timestamp)) {
            return;
        }
        rows++;
        Row row = Row.of(key, attributes);
        List<Success> records = successes.remove(key);
        if (records == null) {
            withoutRecord(row);
        } else {
            compare(row, records);
        }
    }

    private void withoutRecord(Row row) {
        if (!row.attributes.containsKey(MarketDataTable.RAW_SHA256)) {
            inherited++;
        } else if (!isOlder(row.storedAt, auditDays, now)) {
            findings.add(new Finding(
                    Kind.ROW_UNAUDITED,
                    row.key.toString(),
                    "it has no SUCCESS record; if the function is still at work, look again in a moment"));
        }
    }

    /**
     * Holds a row against its own records first: each must be of it, whatever the others say, as the function writes one for
     * whatever row it finds, an altered one, too. Only then the storing before may explain a row that isn't the first.
     */
    private void compare(Row row, List<Success> records) {
        Sha256 hash = Sha256.of(ItemHash.sha256(row.attributes));
        List<Success> own = new ArrayList<>(records.size());
        Success before = null;
        for (Success record : records) {
            if (record.concerns(hash, row.storedAt)) {
                own.add(record);
            } else if (before == null || BY_STORING.compare(record, before) > 0) {
                before = record;
            }
        }
        if (!isWhatItsRecordsSay(row, hash, own, before != null)) {
            return;
        }
        if (before != null) {
            compareWithTheOneBefore(row, before);
        } else if (own.stream().anyMatch(Success::again) && hasWhatItsRawDataSays(row)) {
            storedAgain++;
        }
    }

    private boolean isWhatItsRecordsSay(Row row, Sha256 hash, List<Success> own, boolean hasOneBefore) {
        for (Success record : own) {
            if (!hasRawDataOf(row, record)) {
                return false;
            }
            if (record.row() != null && !record.row().equals(hash)) {
                String which = record.again() && hasOneBefore
                        ? "the SUCCESS record of its second storing"
                        : "its SUCCESS record";
                return altered(row, "its attributes aren't those whose hash " + which + " has");
            }
        }
        return true;
    }

    /**
     * Holds a row that was stored again, as it says, against the youngest record of the rows before. It has their raw data, and is
     * what that says: its own records alone prove nothing, and one that an earlier version stored has none.
     */
    private void compareWithTheOneBefore(Row row, Success before) {
        if (!hasRawDataOf(row, before) || !hasWhatItsRawDataSays(row)) {
            return;
        }
        if (isOlder(before.storedAt(), shortestTtlDays, Instant.ofEpochSecond(row.storedAt))) {
            storedAgain++;
        } else {
            findings.add(new Finding(
                    Kind.ROW_STORED_AGAIN,
                    row.key.toString(),
                    "it was stored at " + Instant.ofEpochSecond(row.storedAt) + ", though its SUCCESS record is of "
                            + Instant.ofEpochSecond(before.createdAt())
                            + ": the row before it was gone before it can have expired by <ttl>"));
        }
    }

    private boolean hasRawDataOf(Row row, Success success) {
        Sha256 rawSha256 = Sha256.ofAttribute(row.attributes.get(MarketDataTable.RAW_SHA256));
        if (row.attributes.get(MarketDataTable.RAW_DATA) instanceof String raw
                && !Sha256.ofText(raw).equals(rawSha256)) {
            return altered(
                    row, "its " + MarketDataTable.RAW_DATA + " doesn't have the hash in " + MarketDataTable.RAW_SHA256);
        }
        return success.raw() == null
                || success.raw().equals(rawSha256)
                || altered(row, "its " + MarketDataTable.RAW_SHA256 + " isn't that of its SUCCESS record");
    }

    private boolean hasWhatItsRawDataSays(Row row) {
        String wrong = rawData.difference(row.attributes);
        return wrong == null || altered(row, "its " + wrong + " isn't that of its " + MarketDataTable.RAW_DATA);
    }

    /** Always false, as what it is called for isn't so. */
    private boolean altered(Row row, String what) {
        findings.add(new Finding(Kind.ROW_ALTERED, row.key.toString(), what));
        return false;
    }

    /** To be called when all rows have been taken in. */
    void finish() {
        successes.forEach((key, records) -> {
            // The last storing counts: the rows before it were gone by then.
            Success last = Collections.max(records, BY_STORING);
            if (!isOlder(last.storedAt(), shortestTtlDays, now)) {
                findings.add(new Finding(
                        Kind.ROW_DELETED,
                        key.toString(),
                        "its SUCCESS record of " + Instant.ofEpochSecond(last.createdAt())
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
