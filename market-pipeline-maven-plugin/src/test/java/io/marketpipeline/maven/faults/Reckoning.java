package io.marketpipeline.maven.faults;

import io.marketpipeline.event.EnvelopeDecoder;
import io.marketpipeline.event.RawData;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.MarketDataTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Compares what was handed over with what both tables and the dead-letter queue hold: nothing lost, nothing twice, nothing
 * unaudited. Reads whole tables with the plain client, so that it shares nothing with the code that it judges.
 */
final class Reckoning {
    private final DynamoDbClient tables;
    private final String marketData;
    private final String auditTrail;
    private final Map<String, List<Map<String, AttributeValue>>> rows = new HashMap<>();
    private final Map<String, List<Map<String, AttributeValue>>> records = new HashMap<>();
    private final Set<String> letters = new HashSet<>();
    private final List<String> findings = new ArrayList<>();

    Reckoning(DynamoDbClient tables, String marketData, String auditTrail) {
        this.tables = tables;
        this.marketData = marketData;
        this.auditTrail = auditTrail;
    }

    /**
     * Everything that doesn't add up; empty where all does.
     *
     * @param session begins the identities of this run; other rows and records are left alone
     * @param refused bodies of the dead letters that the function sent itself
     */
    List<String> findings(List<SentEvent> manifest, String session, Collection<String> refused) {
        readRows(session);
        readRecords(session);
        refused.forEach(body -> letters.add(contentOf(body)));
        Map<String, List<SentEvent>> byIdentity = new LinkedHashMap<>();
        manifest.forEach(event -> byIdentity
                .computeIfAbsent(event.eventId(), any -> new ArrayList<>())
                .add(event));
        byIdentity.forEach(this::check);
        rows.keySet().stream()
                .filter(eventId -> !byIdentity.containsKey(eventId))
                .forEach(eventId -> findings.add("invented: " + eventId));
        return findings;
    }

    private void check(String eventId, List<SentEvent> sent) {
        List<Map<String, AttributeValue>> stored = rows.getOrDefault(eventId, List.of());
        if (stored.size() > 1) {
            findings.add("twice: " + eventId + " has " + stored.size() + " rows");
        }
        Set<String> hashes = new HashSet<>();
        for (Map<String, AttributeValue> row : stored) {
            String hash = text(row, MarketDataTable.RAW_SHA256);
            hashes.add(hash);
            if (!RawData.of(text(row, MarketDataTable.RAW_DATA)).sha256().equals(hash)
                    || sent.stream()
                            .noneMatch(event -> event.valid() && event.sha256().equals(hash))) {
                findings.add("altered: " + eventId);
            }
            long successes = count(eventId, "SUCCESS", hash);
            if (successes != 1) {
                findings.add((successes == 0 ? "unaudited: " : "audited twice: ") + eventId);
            }
        }
        for (SentEvent event : sent) {
            if (!hashes.contains(event.sha256())) {
                checkRefused(event, !stored.isEmpty());
            }
        }
        if (!records.getOrDefault(eventId + "#DUPLICATE", List.of()).isEmpty()
                && records.getOrDefault(eventId + "#SUCCESS", List.of()).isEmpty()) {
            findings.add("false duplicate: " + eventId);
        }
    }

    /** What isn't a row must have been refused: because it is invalid, or because other content has its identity. */
    private void checkRefused(SentEvent event, boolean identityTaken) {
        boolean mayBeRefused = !event.valid() || identityTaken;
        if (!mayBeRefused || !letters.contains(event.sha256())) {
            findings.add("lost: " + event.eventId() + " with content "
                    + event.sha256().substring(0, 8));
        } else if (count(event.eventId(), "REJECTED", event.sha256()) != 1) {
            findings.add("unaudited refusal: " + event.eventId());
        }
    }

    private long count(String eventId, String status, String hash) {
        return records.getOrDefault(eventId + "#" + status, List.of()).stream()
                .filter(record -> text(record, AuditTrailTable.RAW_SHA256).equals(hash))
                .count();
    }

    private void readRows(String session) {
        tables.scanPaginator(request -> request.tableName(marketData).consistentRead(true)).items().stream()
                .filter(row -> text(row, MarketDataTable.EVENT_ID).startsWith(session))
                .forEach(row -> rows.computeIfAbsent(text(row, MarketDataTable.EVENT_ID), any -> new ArrayList<>())
                        .add(row));
    }

    private void readRecords(String session) {
        tables.scanPaginator(request -> request.tableName(auditTrail).consistentRead(true)).items().stream()
                .filter(record -> text(record, AuditTrailTable.AUDIT_ID).startsWith(session))
                .forEach(record -> records.computeIfAbsent(
                                text(record, AuditTrailTable.AUDIT_ID), any -> new ArrayList<>())
                        .add(record));
    }

    private static String contentOf(String body) {
        RawData detail = EnvelopeDecoder.decode(body.getBytes(StandardCharsets.UTF_8))
                .envelopes()
                .get(0)
                .detail();
        return detail == null ? "" : detail.sha256();
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || value.s() == null ? "" : value.s();
    }
}
