package io.marketpipeline.maven.reconcile;

import io.marketpipeline.audit.ChainHead;
import io.marketpipeline.maven.reconcile.Finding.Kind;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.ItemHash;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds the chains of all writers against each other and against their logged heads. A record is fixed by the hash in the
 * one after it, and by the log line if it was a head; a place without a record counts only below a logged head, since
 * above it a put may have failed. Not thread-safe.
 *
 * <p>What this can't see: records cut off behind the last logged head, and whoever may rewrite tables and log alike.
 */
final class ChainCheck {
    private final Map<String, NavigableMap<Long, Link>> chains = new HashMap<>();
    private final Map<String, NavigableMap<Long, Head>> heads = new HashMap<>();
    private final Map<String, NavigableSet<Long>> skipped = new HashMap<>();
    private final List<Finding> forged = new ArrayList<>();
    private final OptionalInt retentionDays;
    private final Instant now;
    private long records;

    /** A record's place; null for no hash before it. */
    private record Link(String auditId, long timestamp, long createdAt, Sha256 sha256, @Nullable Sha256 previous) {
        String name() {
            return auditId + " at " + timestamp;
        }
    }

    /** A logged head; null where the line has no time. */
    private record Head(Sha256 sha256, @Nullable Instant time) {}

    /**
     * A check.
     *
     * @param retentionDays days after which records expire, in no order, so that a gap may be their doing; empty for never
     */
    ChainCheck(OptionalInt retentionDays, Instant now) {
        this.retentionDays = retentionDays;
        this.now = now;
    }

    /** Takes a record in; one outside of any chain is passed over, and one in a place that can't be stays out of it. */
    void record(Map<String, Object> record) {
        if (!(record.get(AuditTrailTable.WRITER_ID) instanceof String writer)
                || !(record.get(AuditTrailTable.CHAIN_NUMBER) instanceof BigDecimal number)) {
            return;
        }
        records++;
        Link link = new Link(
                String.valueOf(record.get(AuditTrailTable.AUDIT_ID)),
                ItemNumber.of(record, AuditTrailTable.TIMESTAMP),
                ItemNumber.seconds(record, AuditTrailTable.CREATED_AT),
                Sha256.of(ItemHash.sha256(record)),
                Sha256.ofAttribute(record.get(AuditTrailTable.PREVIOUS_SHA256)));
        long place = ItemNumber.place(number);
        if (place == 0) {
            forged(link, number, writer, "is none: a writer counts from 1");
            return;
        }
        Link old = chains.computeIfAbsent(writer, id -> new TreeMap<>()).putIfAbsent(place, link);
        if (old != null) {
            forged(link, number, writer, "is also taken by " + old.name() + "; a writer gives each place once");
        }
    }

    private void forged(Link link, BigDecimal number, String writer, String what) {
        forged.add(
                new Finding(Kind.RECORD_FORGED, link.name(), "place " + number + " of chain " + writer + " " + what));
    }

    /**
     * Takes a head in.
     *
     * @param time when it was logged; null if that isn't known
     */
    void head(ChainHead head, @Nullable Instant time) {
        heads.computeIfAbsent(head.writerId(), id -> new TreeMap<>())
                .put(head.number(), new Head(Sha256.of(head.sha256()), time));
        skipped.computeIfAbsent(head.writerId(), id -> new TreeSet<>()).addAll(head.skipped());
    }

    long records() {
        return records;
    }

    int chains() {
        return chains.size();
    }

    int heads() {
        return heads.values().stream().mapToInt(Map::size).sum();
    }

    /** Records behind the last logged head of their writer. */
    long unfixed() {
        return chains.entrySet().stream()
                .mapToLong(chain -> chain.getValue()
                        .tailMap(lastHead(chain.getKey()), false)
                        .size())
                .sum();
    }

    /** What doesn't fit. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(forged);
        Set<String> writers = new HashSet<>(chains.keySet());
        writers.addAll(heads.keySet());
        for (String writer : writers) {
            NavigableMap<Long, Link> chain = chains.getOrDefault(writer, new TreeMap<>());
            findings.addAll(altered(writer, chain));
            findings.addAll(deleted(writer, chain));
        }
        return findings;
    }

    private List<Finding> altered(String writer, NavigableMap<Long, Link> chain) {
        Map<Long, Head> logged = heads(writer);
        Map<Long, Finding> findings = new TreeMap<>();
        chain.forEach((number, link) -> {
            Head head = logged.get(number);
            if (head != null && !head.sha256.equals(link.sha256)) {
                findings.put(
                        number,
                        new Finding(Kind.RECORD_ALTERED, link.name(), "it isn't the record whose hash the log has"));
            }
            Link before = chain.get(number - 1);
            if (before == null || before.sha256.equals(link.previous)) {
                return;
            }
            Head headBefore = logged.get(number - 1);
            boolean logHasBefore = headBefore != null && before.sha256.equals(headBefore.sha256);
            long culprit = logHasBefore ? number : number - 1;
            findings.putIfAbsent(
                    culprit,
                    new Finding(
                            Kind.RECORD_ALTERED,
                            logHasBefore ? link.name() : before.name(),
                            logHasBefore
                                    ? "the hash of the record before it, " + before.name() + ", isn't in it"
                                    : "the record after it, " + link.name() + ", has another hash of it"));
        });
        return List.copyOf(findings.values());
    }

    private List<Finding> deleted(String writer, NavigableMap<Long, Link> chain) {
        NavigableSet<Long> unwritten = skipped.getOrDefault(writer, new TreeSet<>());
        long lately = loggedLately(writer);
        long end = Math.min(lastHead(writer), Long.MAX_VALUE - 1);
        List<Finding> findings = new ArrayList<>();
        long next = 1;
        for (long present : chain.headMap(end, true).keySet()) {
            gap(writer, chain, unwritten, firstUnexpired(chain, next, lately), present - 1, findings);
            next = present + 1;
        }
        gap(writer, chain, unwritten, firstUnexpired(chain, next, lately), end, findings);
        return findings;
    }

    /**
     * Looks at places that no record has; those that weren't written split them. It never counts through them, as whoever may
     * write to the table chooses how many they are.
     */
    private static void gap(
            String writer,
            NavigableMap<Long, Link> chain,
            NavigableSet<Long> unwritten,
            long first,
            long last,
            List<Finding> findings) {
        if (first > last) {
            return;
        }
        long start = first;
        for (long place : unwritten.subSet(first, true, last, true)) {
            if (start < place) {
                findings.add(gone(writer, chain, start, place - 1));
            }
            start = place + 1;
        }
        if (start <= last) {
            findings.add(gone(writer, chain, start, last));
        }
    }

    /**
     * The first place of a gap whose record can't have expired. It was written after what is before it in the chain, so it
     * lives longer: behind a record or a head that isn't old enough to be gone, it must be there.
     *
     * @param lately place of the first head that isn't
     */
    private long firstUnexpired(NavigableMap<Long, Link> chain, long first, long lately) {
        Map.Entry<Long, Link> before = chain.lowerEntry(first);
        boolean fresh = before != null && isLate(Instant.ofEpochSecond(before.getValue().createdAt));
        return fresh || retentionDays.isEmpty() ? first : Math.max(first, lately + 1);
    }

    /** Place of the first head behind which no record can have expired; so high that none is behind it if there is none. */
    private long loggedLately(String writer) {
        for (Map.Entry<Long, Head> head : heads(writer).entrySet()) {
            Instant time = head.getValue().time;
            if (time != null && isLate(time)) {
                return head.getKey();
            }
        }
        return Long.MAX_VALUE - 1;
    }

    /** Whether a record that was written then can't have expired. */
    private boolean isLate(Instant time) {
        return retentionDays.isEmpty() || time.isAfter(now.minus(Duration.ofDays(retentionDays.getAsInt())));
    }

    private static Finding gone(String writer, NavigableMap<Long, Link> chain, long first, long last) {
        Map.Entry<Long, Link> before = chain.lowerEntry(first);
        Map.Entry<Long, Link> after = chain.higherEntry(last);
        String places = first == last ? "record " + first : "records " + first + " to " + last;
        return new Finding(
                Kind.RECORD_DELETED,
                places + " of chain " + writer,
                "gone, though the log has a later head; "
                        + (before == null
                                ? "at the chain's beginning"
                                : "after " + before.getValue().name())
                        + (after == null ? "" : ", before " + after.getValue().name()));
    }

    private NavigableMap<Long, Head> heads(String writer) {
        return heads.getOrDefault(writer, new TreeMap<>());
    }

    private long lastHead(String writer) {
        NavigableMap<Long, Head> logged = heads(writer);
        return logged.isEmpty() ? 0 : logged.lastKey();
    }
}
