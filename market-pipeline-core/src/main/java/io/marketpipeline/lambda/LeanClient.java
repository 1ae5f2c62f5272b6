package io.marketpipeline.lambda;

import io.marketpipeline.audit.AuditTrail;
import io.marketpipeline.deadletter.DeadLetters;
import io.marketpipeline.store.MarketDataStore;
import io.marketpipeline.wire.AwsWire;
import java.util.Map;

/** The library's own way, without the AWS SDK. */
final class LeanClient implements WriteClient {
    private final AwsWire wire;

    LeanClient(Map<String, String> variables) {
        this(AwsWire.open(variables));
    }

    private LeanClient(AwsWire wire) {
        this.wire = wire;
    }

    @Override
    public MarketDataStore marketData(String table) {
        return wire.marketData(table);
    }

    @Override
    public AuditTrail auditTrail(String table) {
        return wire.auditTrail(table);
    }

    @Override
    public DeadLetters deadLetters(String queueUrl) {
        return wire.deadLetters(queueUrl);
    }

    @Override
    public void prime() {
        wire.prime();
    }

    @Override
    public WriteClient offline() {
        return new LeanClient(wire.offline());
    }
}
