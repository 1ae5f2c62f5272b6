package io.marketpipeline.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.schema.IndexProjection;
import io.marketpipeline.schema.IndexShards;
import io.marketpipeline.store.AuditEntry;
import io.marketpipeline.store.AuditTrailQuery;
import io.marketpipeline.store.Page;
import io.marketpipeline.store.PageRequest;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;

/** The same of an index that holds whole records, and of one that holds keys. */
@ParameterizedClass
@EnumSource(IndexProjection.class)
class DynamoDbAuditTrailReaderTest {
    private static LocalTables tables;

    private final DynamoDbAuditTrailReader reader;

    DynamoDbAuditTrailReaderTest(IndexProjection projection) {
        reader = new DynamoDbAuditTrailReader(tables.client(), LocalTables.AUDIT_TRAIL, IndexShards.one(), projection);
    }

    @BeforeParameterizedClassInvocation
    static void start(IndexProjection projection) {
        tables = new LocalTables(projection == IndexProjection.ALL ? ProjectionType.ALL : ProjectionType.KEYS_ONLY);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        tables.close();
    }

    @Test
    void storyOfAnEventHoldsAllStatusesInTimeOrder() {
        put("s", "SUCCESS", 100, "A");
        put("s", "ERROR", 50, "A");
        put("s", "DUPLICATE", 200, "A");
        put("s", "DUPLICATE", 300, "A");

        assertThat(reader.read(AuditTrailQuery.byEventId("s"), page(10)).items())
                .extracting(AuditEntry::status)
                .containsExactly("ERROR", "SUCCESS", "DUPLICATE", "DUPLICATE");
    }

    @Test
    void storyIsPagedOverItsStatuses() {
        put("p", "SUCCESS", 100, "B");
        put("p", "ERROR", 100, "B");
        put("p", "DUPLICATE", 200, "B");

        Page<AuditEntry> first = reader.read(AuditTrailQuery.byEventId("p"), page(1));
        assertThat(first.items()).extracting(AuditEntry::status).containsExactly("ERROR", "SUCCESS");
        Page<AuditEntry> second = reader.read(
                AuditTrailQuery.byEventId("p"), page(1).after(first.next().orElseThrow()));
        assertThat(second.items()).extracting(AuditEntry::status).containsExactly("DUPLICATE");
        assertThat(second.next()).isEmpty();
    }

    @Test
    void recordsOfATypeAreFilteredByStatus() {
        put("t1", "SUCCESS", 100, "C");
        put("t2", "REJECTED", 150, "C");
        put("t3", "SUCCESS", 200, "C");

        assertThat(reader.read(AuditTrailQuery.byEventType("C").ofStatuses(Set.of("REJECTED")), page(10))
                        .items())
                .extracting(AuditEntry::eventId)
                .containsExactly("t2");
    }

    @Test
    void everyStatusIsAskedFor() {
        assertThat(DynamoDbAuditTrailReader.STATUSES)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(AuditStatus.values()).map(Enum::name).toList());
    }

    private static PageRequest page(int limit) {
        return PageRequest.builder().limit(limit).build();
    }

    private static void put(String eventId, String status, long timestamp, String type) {
        tables.client().putItem(request -> request.tableName(LocalTables.AUDIT_TRAIL)
                .item(Map.of(
                        "audit_id", AttributeValue.fromS(eventId + "#" + status),
                        "timestamp", AttributeValue.fromN(Long.toString(timestamp)),
                        "event_id", AttributeValue.fromS(eventId),
                        "event_type", AttributeValue.fromS(type),
                        "status", AttributeValue.fromS(status))));
    }
}
