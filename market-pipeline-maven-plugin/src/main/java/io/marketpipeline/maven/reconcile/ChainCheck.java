package io.marketpipeline.maven.reconcile;

import io.marketpipeline.audit.ChainHead;
import io.marketpipeline.maven.reconcile.Finding.Kind;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.ItemHash;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Holds the chains of all writers against each other and against their logged heads. A record is fixed by the hash in the
 * one after it, and by the log line if it was a head; a place without a record counts only below a logged head, since
 * above it a put may have failed. Not thread-safe.
 *
 * <p>What this can't see: records cut off behind the last logged head, and whoever may rewrite tables and log alike.
 */
final class ChainCheck {
    private final Map<String, NavigableMap<Long, Link>> chains = new HashMap<>();
    private final Map<String, Map<Long, String>> heads = new HashMap<>();
    private final Map<String, Set<Long>> skipped = new HashMap<>();
    private final List<Finding> forged = new ArrayList<>();
    private long records;

    /** A record's place; null for no hash before it. */
    private record Link(String record, String sha256, @org.jspecify.annotations.Nullable String previous) {}

    /** Takes a record in; one outside of any chain is passed over. */
    void record(Map<String, Object> record) {
        if (!(record.get(AuditTrailTable.WRITER_ID) instanceof String writer)
                || !(record.get(AuditTrailTable.CHAIN_NUMBER) instanceof BigDecimal number)) {
            return;
        }
        records++;
        String name = record.get(AuditTrailTable.AUDIT_ID) + " at " + record.get(AuditTrailTable.TIMESTAMP);
        String previous = record.get(AuditTrailTable.PREVIOUS_SHA256) instanceof String hash ? hash : null;
        Link old = chains.computeIfAbsent(writer, id -> new TreeMap<>())
                .putIfAbsent(number.longValue(), new Link(name, ItemHash.sha256(record), previous));
        if (old != null) {
            forged.add(new Finding(
                    Kind.RECORD_FORGED,
                    name,
                    "place " + number + " of chain " + writer + " is also taken by " + old.record
                            + "; a writer gives each place once"));
        }
    }

    void head(ChainHead head) {
        heads.computeIfAbsent(head.writerId(), id -> new TreeMap<>()).put(head.number(), head.sha256());
        skipped.computeIfAbsent(head.writerId(), id -> new HashSet<>()).addAll(head.skipped());
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

    /**
     * What doesn't fit.
     *
     * @param expiring whether records expire, so that a chain may have lost its beginning by itself
     */
    List<Finding> findings(boolean expiring) {
        List<Finding> findings = new ArrayList<>(forged);
        Set<String> writers = new HashSet<>(chains.keySet());
        writers.addAll(heads.keySet());
        for (String writer : writers) {
            NavigableMap<Long, Link> chain = chains.getOrDefault(writer, new TreeMap<>());
            findings.addAll(altered(writer, chain));
            findings.addAll(deleted(writer, chain, expiring));
        }
        return findings;
    }

    private List<Finding> altered(String writer, NavigableMap<Long, Link> chain) {
        Map<Long, String> logged = heads.getOrDefault(writer, Map.of());
        Map<Long, Finding> findings = new TreeMap<>();
        chain.forEach((number, link) -> {
            String head = logged.get(number);
            if (head != null && !head.equals(link.sha256)) {
                findings.put(
                        number,
                        new Finding(Kind.RECORD_ALTERED, link.record, "it isn't the record whose hash the log has"));
            }
            Link before = chain.get(number - 1);
            if (before == null || before.sha256.equals(link.previous)) {
                return;
            }
            boolean logHasBefore = before.sha256.equals(logged.get(number - 1));
            long culprit = logHasBefore ? number : number - 1;
            findings.putIfAbsent(
                    culprit,
                    new Finding(
                            Kind.RECORD_ALTERED,
                            logHasBefore ? link.record : before.record,
                            logHasBefore
                                    ? "the hash of the record before it, " + before.record + ", isn't in it"
                                    : "the record after it, " + link.record + ", has another hash of it"));
        });
        return List.copyOf(findings.values());
    }

    private List<Finding> deleted(String writer, NavigableMap<Long, Link> chain, boolean expiring) {
        long end = lastHead(writer);
        if (expiring && chain.isEmpty()) {
            return List.of();
        }
        long start = expiring ? chain.firstKey() : 1;
        Set<Long> unwritten = skipped.getOrDefault(writer, Set.of());
        List<Finding> findings = new ArrayList<>();
        long gap = 0;
        for (long number = start; number <= end + 1; number++) {
            boolean absent = number <= end && !chain.containsKey(number) && !unwritten.contains(number);
            if (absent && gap == 0) {
                gap = number;
            } else if (!absent && gap > 0) {
                findings.add(gap(writer, chain, gap, number - 1));
                gap = 0;
            }
        }
        return findings;
    }

    private static Finding gap(String writer, NavigableMap<Long, Link> chain, long first, long last) {
        Map.Entry<Long, Link> before = chain.lowerEntry(first);
        Map.Entry<Long, Link> after = chain.higherEntry(last);
        String places = first == last ? "record " + first : "records " + first + " to " + last;
        return new Finding(
                Kind.RECORD_DELETED,
                places + " of chain " + writer,
                "gone, though the log has a later head; "
                        + (before == null ? "at the chain's beginning" : "after " + before.getValue().record)
                        + (after == null ? "" : ", before " + after.getValue().record));
    }

    private long lastHead(String writer) {
        return heads.getOrDefault(writer, Map.of()).keySet().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }
}
