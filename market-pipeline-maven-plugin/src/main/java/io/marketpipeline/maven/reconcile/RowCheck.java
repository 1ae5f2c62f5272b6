package io.marketpipeline.maven.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import java.util.NavigableMap;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds each row against its success record. First all success records of the time range are taken in, then all rows;
 * records that are left have lost their row. Not thread-safe.
 */
final class RowCheck {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String EVENT_TIME_MS = "event_time_ms";
    private static final String FIRST_STORED_AT_MS = "first_stored_at_ms";

    private final TimeRange range;
    private final Instant now;
    private final OptionalInt shortestTtlDays;
    private final OptionalInt auditDays;
    private final RawDataCheck rawData;
    private final Map<Key, Success> successes = new HashMap<>();

    /** Records of rows that were stored again, by when. */
    private final Map<Key, NavigableMap<Long, Success>> again = new HashMap<>();

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
        if (!(record.get(AuditTrailTable.EVENT_ID) instanceof String eventId)) {
            return;
        }
        JsonNode eventTime = details(record).path(EVENT_TIME_MS);
        Key key = new Key(
                eventId, eventTime.isNumber() ? eventTime.asLong() : ItemNumber.of(record, AuditTrailTable.TIMESTAMP));
        if (!range.contains(key.timestamp)) {
            return;
        }
        Success success = new Success(
                Sha256.ofAttribute(record.get(AuditTrailTable.ROW_SHA256)),
                Sha256.ofAttribute(record.get(AuditTrailTable.RAW_SHA256)),
                ItemNumber.seconds(record, AuditTrailTable.CREATED_AT),
                storedAt(record));
        if (eventTime.isNumber()) {
            again.computeIfAbsent(key, first -> new TreeMap<>()).put(success.storedAt, success);
        } else {
            successes.put(key, success);
        }
    }

    /** When the row of a record was stored, in seconds: a record that was made up for says it, being younger than the row. */
    private static long storedAt(Map<String, Object> record) {
        long createdAt = ItemNumber.seconds(record, AuditTrailTable.CREATED_AT);
        JsonNode first = details(record).path(FIRST_STORED_AT_MS);
        return first.isNumber() ? Math.min(createdAt, ItemNumber.seconds(first.asLong() / 1000)) : createdAt;
    }

    /** The details, where they have what matters here: those of most records don't, and needn't be read. */
    private static JsonNode details(Map<String, Object> record) {
        if (!(record.get(AuditTrailTable.DETAILS) instanceof String details) || !details.contains(FIRST_STORED_AT_MS)) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(details);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    void row(Map<String, Object> row) {
        Key key = new Key(
                String.valueOf(row.get(MarketDataTable.EVENT_ID)), ItemNumber.of(row, MarketDataTable.TIMESTAMP));
        if (!range.contains(key.timestamp)) {
            return;
        }
        rows++;
        long storedAt = ItemNumber.seconds(ItemNumber.of(row, MarketDataTable.STORED_AT_MS) / 1000);
        Success first = successes.remove(key);
        NavigableMap<Long, Success> later = Objects.requireNonNullElseGet(again.remove(key), TreeMap::new);
        Success own = later.get(storedAt);
        Map.Entry<Long, Success> before = later.lowerEntry(storedAt);
        Success earlier = before == null ? first : before.getValue();
        if (earlier != null) {
            compare(key, row, earlier, own);
        } else if (!later.isEmpty()) {
            compareAlone(key, row, later.firstEntry().getValue());
        } else if (!row.containsKey(MarketDataTable.RAW_SHA256)) {
            inherited++;
        } else if (!isOlder(storedAt, auditDays, now)) {
            findings.add(new Finding(
                    Kind.ROW_UNAUDITED,
                    key.toString(),
                    "it has no SUCCESS record; if the function is still at work, look again in a moment"));
        }
    }

    /**
     * Holds a row against the record that was there when it was stored.
     *
     * @param own the row's own record, where it was stored again; null for a first row
     */
    private void compare(Key key, Map<String, Object> row, Success success, @Nullable Success own) {
        if (hasRawDataOf(key, row, success)
                && success.row != null
                && !success.row.equals(Sha256.of(ItemHash.sha256(row)))) {
            differs(key, row, success, own);
        }
    }

    /** Holds a row that was stored again against its own record, as the first row's has expired. */
    private void compareAlone(Key key, Map<String, Object> row, Success own) {
        if (hasRawDataOf(key, row, own) && isOwn(key, row, own) && hasWhatItsRawDataSays(key, row)) {
            storedAgain++;
        }
    }

    private boolean hasRawDataOf(Key key, Map<String, Object> row, Success success) {
        Sha256 rawSha256 = Sha256.ofAttribute(row.get(MarketDataTable.RAW_SHA256));
        if (row.get(MarketDataTable.RAW_DATA) instanceof String raw
                && !Sha256.ofText(raw).equals(rawSha256)) {
            return altered(
                    key, "its " + MarketDataTable.RAW_DATA + " doesn't have the hash in " + MarketDataTable.RAW_SHA256);
        }
        return success.raw == null
                || success.raw.equals(rawSha256)
                || altered(key, "its " + MarketDataTable.RAW_SHA256 + " isn't that of its SUCCESS record");
    }

    /** Whether a row that was stored again is what its record says; one by an earlier version has none. */
    private boolean isOwn(Key key, Map<String, Object> row, @Nullable Success own) {
        return own == null
                || Sha256.of(ItemHash.sha256(row)).equals(own.row)
                || altered(key, "its attributes aren't those whose hash the SUCCESS record of its second storing has");
    }

    private boolean hasWhatItsRawDataSays(Key key, Map<String, Object> row) {
        String wrong = rawData.difference(row);
        return wrong == null || altered(key, "its " + wrong + " isn't that of its " + MarketDataTable.RAW_DATA);
    }

    /**
     * A row that isn't the one that the record was written for. Where it says that it was stored after the record, it may be
     * the event's second row, which the function stores when the first has gone; its content is then what its raw data
     * says, which has the record's hash. Its own record alone proves nothing: the function writes it for whatever row it finds.
     */
    private void differs(Key key, Map<String, Object> row, Success success, @Nullable Success own) {
        long storedAt = ItemNumber.seconds(ItemNumber.of(row, MarketDataTable.STORED_AT_MS) / 1000);
        if (storedAt <= success.createdAt) {
            altered(key, "its attributes aren't those whose hash its SUCCESS record has");
        } else if (!hasWhatItsRawDataSays(key, row) || !isOwn(key, row, own)) {
            return;
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

    /** Always false, as what it is called for isn't so. */
    private boolean altered(Key key, String what) {
        findings.add(new Finding(Kind.ROW_ALTERED, key.toString(), what));
        return false;
    }

    /** To be called when all rows have been taken in. */
    void finish() {
        // The last storing counts: the rows before it were gone by then.
        again.forEach((key, later) -> successes.put(key, later.lastEntry().getValue()));
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
