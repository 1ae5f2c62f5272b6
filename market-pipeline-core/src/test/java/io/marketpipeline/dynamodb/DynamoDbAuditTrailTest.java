package io.marketpipeline.dynamodb;

import io.marketpipeline.audit.AuditTrail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoDbAuditTrailTest extends DynamoDbTrailContract {
    private static LocalTables local;
    private static AuditTrail trail;

    @BeforeAll
    static void start() {
        local = new LocalTables();
        trail = DynamoDbTables.of(local.client()).auditTrail(LocalTables.AUDIT_TRAIL);
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    @Override
    protected AuditTrail trail() {
        return trail;
    }

    @Override
    protected DynamoDbClient client() {
        return local.client();
    }
}
