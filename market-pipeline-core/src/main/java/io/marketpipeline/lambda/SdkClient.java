package io.marketpipeline.lambda;

import io.marketpipeline.audit.AuditTrail;
import io.marketpipeline.deadletter.DeadLetters;
import io.marketpipeline.deadletter.SqsDeadLetters;
import io.marketpipeline.dynamodb.DynamoDbTables;
import io.marketpipeline.store.MarketDataStore;

/** The AWS SDK. A class of its own, so that a function without the SDK in its zip never loads what names it. */
final class SdkClient implements WriteClient {
    /** The SDK logs through SLF4J, which would complain in plain text, among our JSON lines, that nobody listens. */
    private static final String SLF4J_VERBOSITY = "slf4j.internal.verbosity";

    private final DynamoDbTables tables;

    SdkClient() {
        if (System.getProperty(SLF4J_VERBOSITY) == null) {
            System.setProperty(SLF4J_VERBOSITY, "ERROR");
        }
        tables = DynamoDbTables.open();
    }

    private SdkClient(DynamoDbTables tables) {
        this.tables = tables;
    }

    @Override
    public MarketDataStore marketData(String table) {
        return tables.marketData(table);
    }

    @Override
    public AuditTrail auditTrail(String table) {
        return tables.auditTrail(table);
    }

    @Override
    public DeadLetters deadLetters(String queueUrl) {
        return SqsDeadLetters.to(queueUrl);
    }

    @Override
    public void prime() {
        // Nothing that a write to the offline tables doesn't load.
    }

    @Override
    public WriteClient offline() {
        return new SdkClient(DynamoDbTables.offline());
    }
}
