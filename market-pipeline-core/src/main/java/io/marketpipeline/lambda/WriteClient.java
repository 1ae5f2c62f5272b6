package io.marketpipeline.lambda;

import io.marketpipeline.audit.AuditTrail;
import io.marketpipeline.deadletter.DeadLetters;
import io.marketpipeline.store.MarketDataStore;

/** What the function writes with. Nothing is asked for or connected before the first write. */
interface WriteClient {
    MarketDataStore marketData(String table);

    AuditTrail auditTrail(String table);

    DeadLetters deadLetters(String queueUrl);

    /** Loads what only a connection needs. */
    void prime();

    /** A client whose tables take every write, as far as possible on the same way but for the network. */
    WriteClient offline();
}
