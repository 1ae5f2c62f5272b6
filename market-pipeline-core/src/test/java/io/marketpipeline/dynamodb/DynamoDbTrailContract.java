package io.marketpipeline.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.audit.AuditDetails;
import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.audit.AuditTrailContract;
import io.marketpipeline.schema.ItemHash;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What every audit trail on DynamoDB's table must do. */
public abstract class DynamoDbTrailContract extends AuditTrailContract {
    /** Reads the same table. */
    protected abstract DynamoDbClient client();

    private List<Map<String, AttributeValue>> read(AuditStatus status, String eventId) {
        return client().query(request -> request.tableName(LocalTables.AUDIT_TRAIL)
                        .keyConditionExpression("audit_id = :id")
                        .expressionAttributeValues(Map.of(":id", AttributeValue.fromS(status.auditId(eventId)))))
                .items();
    }

    @Override
    protected List<Long> timestamps(AuditStatus status, String eventId) {
        return read(status, eventId).stream()
                .map(item -> Long.valueOf(item.get("timestamp").n()))
                .toList();
    }

    @Test
    void recordWritesTheAttributesOfTheContract() {
        var record = record(AuditStatus.SUCCESS, "r1", "h");
        trail().record(List.of(record), Instant.now().plusSeconds(20));

        assertThat(read(AuditStatus.SUCCESS, record.eventId())).singleElement().satisfies(item -> {
            assertThat(item.get("audit_id").s()).isEqualTo(record.eventId() + "#SUCCESS");
            assertThat(item.get("event_id").s()).isEqualTo(record.eventId());
            assertThat(item.get("event_type").s()).isEqualTo("Trade Execution");
            assertThat(item.get("status").s()).isEqualTo("SUCCESS");
            assertThat(item.get("details").s()).isEqualTo("{\"a\":1}");
            assertThat(item.get("environment").s()).isEqualTo("test");
            assertThat(item.get("created_at").n()).isEqualTo("1");
            assertThat(item.get("expiration_time").n()).isEqualTo("9999999999");
        });
    }

    /** A hook's long message was cut within an emoji. */
    @Test
    void recordWhenItsDetailsWereCutWritesWhatItsHashIsOf() {
        String details = new AuditDetails()
                .put("error", "x".repeat(AuditDetails.MAX_TEXT - 1) + "\uD83D\uDE00")
                .put("half", "\uD83D")
                .toJson();
        var record = record(AuditStatus.ERROR, "r1", "h").toBuilder()
                .details(details)
                .build();
        trail().record(List.of(record), Instant.now().plusSeconds(20));

        assertThat(read(AuditStatus.ERROR, record.eventId())).singleElement().satisfies(item -> {
            assertThat(ItemHash.sha256(Items.existing(item).attributes())).isEqualTo(ItemHash.sha256(record));
            assertThat(item.get("details").s()).endsWith("xxx\",\"half\":\"\uFFFD\"}");
        });
    }
}
