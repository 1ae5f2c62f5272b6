package io.marketpipeline.wire;

import io.marketpipeline.audit.AuditTrail;
import io.marketpipeline.dynamodb.DynamoDbTrailContract;
import io.marketpipeline.dynamodb.LocalTables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class WireAuditTrailTest extends DynamoDbTrailContract {
    private static LocalDynamoDb local;
    private static AwsWire wire;

    @BeforeAll
    static void start() {
        local = new LocalDynamoDb();
        wire = AwsWire.open(local.environment());
    }

    @AfterAll
    static void stop() {
        wire.close();
        local.close();
    }

    @Override
    protected AuditTrail trail() {
        return wire.auditTrail(LocalTables.AUDIT_TRAIL);
    }

    @Override
    protected DynamoDbClient client() {
        return local.client();
    }
}
